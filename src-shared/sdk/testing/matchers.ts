/** What `expect` can be asked, as the people who write tests know it from Vitest and Jest. */

/** Stands for a family of values inside `toEqual` and its like. */
// biome-ignore lint/suspicious/noExplicitAny: it must fit wherever a value is expected
export type Fitting = any;

type ErrorLike = string | RegExp | Error | Fitting | (new (...args: never[]) => unknown);

/** @typeParam Result What a matcher returns: nothing, or a promise behind `resolves` and `rejects`. */
export interface Matchers<Result = void> {
  /** The same value: `Object.is`. */
  toBe(expected: unknown): Result;
  /** The same contents; fields that are undefined do not count. */
  toEqual(expected: unknown): Result;
  /** The same contents, types and undefined fields. */
  toStrictEqual(expected: unknown): Result;
  /** At least these fields, at any depth. */
  toMatchObject(expected: object): Result;
  /** An item of a list (by `Object.is`), or a part of a text. */
  toContain(item: unknown): Result;
  /** An item with the same contents. */
  toContainEqual(item: unknown): Result;
  toHaveLength(length: number): Result;
  /** @param path Such as `a.b[0]`, or a list of keys. */
  toHaveProperty(path: string | readonly (string | number)[], value?: unknown): Result;
  /** A text that the expression finds, or that holds the text. */
  toMatch(expected: string | RegExp): Result;
  /** A function that throws, or behind `rejects` what was thrown. A text is looked for in the message. */
  toThrow(expected?: ErrorLike): Result;
  toBeDefined(): Result;
  toBeUndefined(): Result;
  toBeNull(): Result;
  toBeTruthy(): Result;
  toBeFalsy(): Result;
  toBeNaN(): Result;
  toBeInstanceOf(type: abstract new (...args: never[]) => unknown): Result;
  toBeTypeOf(type: 'bigint' | 'boolean' | 'function' | 'number' | 'object' | 'string' | 'symbol' | 'undefined'): Result;
  toBeGreaterThan(limit: number | bigint): Result;
  toBeGreaterThanOrEqual(limit: number | bigint): Result;
  toBeLessThan(limit: number | bigint): Result;
  toBeLessThanOrEqual(limit: number | bigint): Result;
  /** @param digits After the point that must be the same; 2 where it is left out. */
  toBeCloseTo(expected: number, digits?: number): Result;
  toBeOneOf(values: readonly unknown[]): Result;
  toSatisfy(test: (value: Fitting) => boolean): Result;
  /** These are for what `fn` and `spyOn` make. */
  toHaveBeenCalled(): Result;
  toHaveBeenCalledTimes(count: number): Result;
  toHaveBeenCalledWith(...args: unknown[]): Result;
  toHaveBeenLastCalledWith(...args: unknown[]): Result;
  toHaveBeenNthCalledWith(count: number, ...args: unknown[]): Result;
  toHaveReturnedWith(value: unknown): Result;
  /** The opposite of what follows. */
  readonly not: Matchers<Result>;
}

/** What stands behind `expect(value).`. */
export interface Assertion extends Matchers {
  /** Waits for the promise, and looks at what it brings. To be awaited. */
  readonly resolves: Matchers<Promise<void>>;
  /** Waits for the promise to fail, and looks at the error. To be awaited. */
  readonly rejects: Matchers<Promise<void>>;
}

/** Families of values. */
export interface Families {
  /** A value with at least these fields. */
  objectContaining(fields: object): Fitting;
  /** A list with at least these items, in any order. */
  arrayContaining(items: readonly unknown[]): Fitting;
  stringContaining(text: string): Fitting;
  stringMatching(expected: string | RegExp): Fitting;
  closeTo(value: number, digits?: number): Fitting;
}

/** `expect(value)` and what goes with it. */
export interface Expect extends Families {
  /** @param message Comes before what the matcher says. */
  (value: unknown, message?: string): Assertion;
  /** A value of that type, such as `expect.any(String)`. */
  any(type: unknown): Fitting;
  /** Anything but null and undefined. */
  anything(): Fitting;
  readonly not: Families;
}
