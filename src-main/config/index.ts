export * from './explain-errors';
export * from './json-schema';
export * from './plugin-config';
export * from './pointer';
export { createRedactor, MASK, type Redact, type Redactor } from './redactor';
export { createFileVault, type SecretVault } from './secret-vault';
