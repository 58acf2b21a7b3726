export * from './explain-errors';
export * from './json-schema';
export * from './plugin-config';
export * from './pointer';
export type { Redact } from './redactor';
export { moreProblems } from './refusals';
export type { SecretCipher, SecretProtection } from './secret-cipher';
export { createFileVault } from './secret-vault';
