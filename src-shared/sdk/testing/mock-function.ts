/** Functions that remember how they were called. */
import * as spies from '@vitest/spy';

/** What `fn` and `spyOn` make. */
export interface MockFunction<Args extends unknown[] = unknown[], Result = unknown> {
  (...args: Args): Result;
  readonly mock: {
    /** The arguments of each call. */
    readonly calls: readonly Args[];
    readonly results: readonly { readonly type: 'return' | 'throw' | 'incomplete'; readonly value: unknown }[];
  };
  mockImplementation(implementation: (...args: Args) => Result): this;
  mockImplementationOnce(implementation: (...args: Args) => Result): this;
  mockReturnValue(value: Result): this;
  mockReturnValueOnce(value: Result): this;
  mockResolvedValue(value: Awaited<Result>): this;
  mockResolvedValueOnce(value: Awaited<Result>): this;
  mockRejectedValue(error: unknown): this;
  mockRejectedValueOnce(error: unknown): this;
  /** Forgets the calls. */
  mockClear(): this;
  /** Puts back what `spyOn` has replaced. */
  mockRestore(): void;
}

/** @param implementation What a call does; nothing where it is left out. */
export const fn = spies.fn as unknown as <Args extends unknown[] = unknown[], Result = unknown>(
  implementation?: (...args: Args) => Result,
) => MockFunction<Args, Result>;

/** Watches a method of an object, which goes on doing what it did. Put back after each test. */
export const spyOn = spies.spyOn as unknown as <Owner extends object, Name extends keyof Owner>(
  owner: Owner,
  name: Name,
) => Owner[Name] extends (...args: infer Args extends unknown[]) => infer Result ? MockFunction<Args, Result> : never;
