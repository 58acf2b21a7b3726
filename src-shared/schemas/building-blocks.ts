/**
 * The few shapes that every part of the contract is made of. A field with a default or marked `?` in the contract
 * is optional here, so that one schema serves both what an author writes and what the platform completes with
 * `Value.Default`. Objects stay open: a field that the contract does not name is kept, never dropped.
 */
import { type TSchema, type TSchemaOptions, Type } from 'typebox';

/** One of a fixed set of strings. */
export const oneOf = <const Values extends readonly string[]>(values: Values, options: TSchemaOptions = {}) =>
  Type.Unsafe<Values[number]>({ type: 'string', enum: [...values], ...options });

/** Absent or null, as the contract's `?`. */
export const maybe = <Schema extends TSchema>(schema: Schema, options: TSchemaOptions = {}) =>
  Type.Optional(Type.Union([schema, Type.Null()], options));

export const text = (description: string, fallback = '') =>
  Type.Optional(Type.String({ description, default: fallback }));

export const requiredText = (description: string) => Type.String({ description, minLength: 1 });

export const flag = (description: string, fallback = false) =>
  Type.Optional(Type.Boolean({ description, default: fallback }));

export const texts = (description: string) => Type.Optional(Type.Array(Type.String(), { description, default: [] }));

/** An object with string keys and values of any kind. */
export const anyMap = () => Type.Record(Type.String(), Type.Unknown());

export const map = (description: string) =>
  Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description, default: {} }));

export const textMap = (description: string) =>
  Type.Optional(Type.Record(Type.String(), Type.String(), { description, default: {} }));

export const seconds = (description: string, fallback?: number) =>
  Type.Optional(
    Type.Number({
      description: `${description}, in seconds`,
      minimum: 0,
      ...(fallback === undefined ? {} : { default: fallback }),
    }),
  );

export const count = (description: string) => Type.Optional(Type.Integer({ description, minimum: 0, default: 0 }));

/** An ISO 8601 time in UTC, such as 2026-11-22T10:00:00.000Z. */
export const timestamp = (description: string) =>
  Type.Optional(Type.String({ description: `${description} (ISO 8601, UTC)`, format: 'date-time' }));

/** 0 (last) to 100 (first). */
export const rank = (description: string) =>
  Type.Optional(Type.Integer({ description, minimum: 0, maximum: 100, default: 50 }));
