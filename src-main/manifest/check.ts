/**
 * A check of plugin.json is one rule of the contract. It is asked only about what the checks before it let through:
 * text checks see any text, content checks only a JSON object.
 */
import type { Diagnostic, Fix } from '@shared/contracts';
import type { CompiledSchema, Violation } from '../config';
import type { EntryPointLookup } from './entry/resolve-entry-point';
import type { ManifestDocument, Span } from './manifest-document';

export interface Finding {
  readonly message: string;
  /** The value that is wrong, or that is missing. */
  readonly pointer?: string;
  /** Where to mark it; without it the value at the pointer, or what is closest to it. */
  readonly span?: Span;
  readonly fixes?: readonly Fix[];
}

interface Rule {
  readonly code: `manifest/${string}`;
  readonly severity: Diagnostic['severity'];
  /** The rule, in a sentence. */
  readonly message: string;
}

export interface TextCheck extends Rule {
  find(document: ManifestDocument): Finding[];
}

/** What content checks look at; whatever costs something is worked out once for all of them. */
export interface ManifestSubject {
  readonly folder: string;
  readonly document: ManifestDocument;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** Of the contract's schema. */
  readonly violations: readonly Violation[];
  readonly entry: EntryPointLookup;
  /** Where config_schema is an object. */
  readonly configSchema: CompiledSchema | undefined;
}

export interface ContentCheck extends Rule {
  find(subject: ManifestSubject): Finding[] | Promise<Finding[]>;
}

/** A fix only where there is something to edit. */
export const fixes = (...offers: readonly Fix[]): readonly Fix[] => offers.filter(({ edits }) => edits.length > 0);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
