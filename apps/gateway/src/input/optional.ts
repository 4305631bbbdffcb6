import { ValidateIf } from 'class-validator';

/** The field may be left out. Unlike class-validator's `IsOptional`, null is no way of leaving it out. */
export const Optional = (): PropertyDecorator => ValidateIf((_dto, value) => value !== undefined);
