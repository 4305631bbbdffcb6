import type { DescMessage, JsonObject, Message, MessageShape } from '@bufbuild/protobuf';
import { create, fromJson, toJson, type MessageInitShape } from '@bufbuild/protobuf';

/**
 * A message as a plain object: what a decider, a handler and `JSON.stringify` see. It is at once the message's
 * proto-JSON, because the contracts use no 64-bit integers, bytes, enums or well-known times.
 */
export type Plain<T> = T extends Message
  ? { [K in keyof T as K extends '$typeName' | '$unknown' ? never : K]: Plain<T[K]> }
  : T extends readonly (infer Item)[]
    ? Plain<Item>[]
    : string extends keyof T
      ? { [key: string]: Plain<T[string & keyof T]> }
      : T;

/** Checks a value against its message and writes proto-JSON with every implicit field present. Throws on a wrong type. */
export function encode<Desc extends DescMessage>(schema: Desc, value: Plain<MessageShape<Desc>>): JsonObject {
  return toJson(schema, create(schema, value as MessageInitShape<Desc>), {
    alwaysEmitImplicit: true,
  }) as JsonObject;
}

/**
 * Reads proto-JSON into a plain object with every implicit field present. Unknown fields are dropped: an older reader
 * meets a newer writer during every deployment. Throws on a wrong type.
 */
export function decode<Desc extends DescMessage>(schema: Desc, json: unknown): Plain<MessageShape<Desc>> {
  const message = fromJson(schema, json as JsonObject, { ignoreUnknownFields: true });
  return toJson(schema, message, { alwaysEmitImplicit: true }) as unknown as Plain<MessageShape<Desc>>;
}
