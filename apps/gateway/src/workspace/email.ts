import { Matches } from 'class-validator';

// One at sign between two parts without spaces, control characters or angle brackets: more only its mail server knows.
const ADDRESS = /^(?=.{3,254}$)[^\s@<>\p{Cc}\p{Cs}]+@[^\s@<>\p{Cc}\p{Cs}]+$/u;

export const Email = (): PropertyDecorator =>
  Matches(ADDRESS, { message: 'must be an e-mail address of at most 254 characters' });
