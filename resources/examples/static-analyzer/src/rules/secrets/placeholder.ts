/** Values that stand for a secret: examples, and references to where the secret really is. */

const PLACEHOLDER =
  /example|changeme|change[-_ ]?this|placeholder|your[-_ ]?|insert[-_ ]?|replace[-_ ]?|dummy|redacted|xxxx|\*{3,}|\.{3,}|<[^>]{1,60}>|todo|foobar|lorem|not[-_]?a[-_]?real|12345|abcdef|abcd1234|test[-_]?(?:key|token|secret|password)/i;
const REFERENCE =
  /^\$|\$[A-Z\d{(]|\{\{|%\(|^%[A-Z_]+%$|^@|#\{|process\.env|os\.environ|getenv|vault:|secretsmanager|ref\+|^op:\/\/|^arn:|^env[:.(]|^file:/i;

export const isPlaceholder = (value: string): boolean =>
  PLACEHOLDER.test(value) || REFERENCE.test(value) || /^(.)\1*$/.test(value);
