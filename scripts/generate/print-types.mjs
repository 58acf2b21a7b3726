/**
 * Prints JSON Schemas as TypeScript, with their descriptions as docstrings. A schema that has a name of its own is
 * referred to by it. Objects print closed, so that a misspelt field is an error while it is written.
 */
const indentation = (depth) => '  '.repeat(depth);

function docOf(schema) {
  const notes = [];
  if (schema.description) notes.push(schema.description);
  if (schema.minimum !== undefined && schema.maximum !== undefined)
    notes.push(`${schema.minimum} to ${schema.maximum}`);
  else if (schema.minimum !== undefined) notes.push(`At least ${schema.minimum}`);
  else if (schema.maximum !== undefined) notes.push(`At most ${schema.maximum}`);
  const plain = ['string', 'number', 'boolean'].includes(typeof schema.default);
  if (plain && schema.default !== '') notes.push(`Default: ${JSON.stringify(schema.default)}`);
  return notes.length === 0 ? undefined : `${notes.join('. ')}.`;
}

const docLine = (schema, depth) => {
  const doc = docOf(schema);
  return doc === undefined ? '' : `${indentation(depth)}/** ${doc.replaceAll('*/', '* /')} */\n`;
};

function fieldsOf(schema, names, depth) {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties).map(([name, field]) => {
    const mark = required.has(name) ? '' : '?';
    const type = typeOf(field, names, depth + 1);
    return `${docLine(field, depth + 1)}${indentation(depth + 1)}${name}${mark}: ${type};\n`;
  });
}

const bodyOf = (schema, names, depth) => `{\n${fieldsOf(schema, names, depth).join('')}${indentation(depth)}}`;

const nameOf = (schema, names) => names.find(([, known]) => JSON.stringify(known) === JSON.stringify(schema))?.[0];

function listOf(items, names, depth) {
  const type = typeOf(items, names, depth);
  return type.includes(' | ') ? `(${type})[]` : `${type}[]`;
}

function typeOf(schema, names, depth, asked) {
  const known = schema === asked ? undefined : nameOf(schema, names);
  if (known !== undefined) return known;
  if (schema.enum) return schema.enum.map((value) => `'${value}'`).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return schema.anyOf.map((option) => typeOf(option, names, depth)).join(' | ');
  if (schema.type === 'array') return listOf(schema.items, names, depth);
  if (schema.type === 'object') return objectOf(schema, names, depth);
  if (schema.type === 'integer') return 'number';
  return ['string', 'number', 'boolean', 'null'].includes(schema.type) ? schema.type : 'unknown';
}

function objectOf(schema, names, depth) {
  if (schema.properties) return bodyOf(schema, names, depth);
  const [values = {}] = Object.values(schema.patternProperties ?? {});
  return `Record<string, ${typeOf(values, names, depth)}>`;
}

function printType(name, schema, names) {
  const doc = docLine({ description: schema.description ?? `${name} of the platform contract` }, 0);
  if (schema.properties) return `${doc}export interface ${name} ${bodyOf(schema, names, 0)}`;
  return `${doc}export type ${name} = ${typeOf(schema, names, 0, schema)};`;
}

/** @param schemas The exports of src-shared/schemas. @param wanted Names of the types to print, such as SecurityEvent. */
export function printTypes(schemas, wanted) {
  const names = wanted.map((name) => {
    const schema = schemas[`${name}Schema`];
    if (schema === undefined)
      throw new Error(`src-shared/sdk/types.ts exports ${name}, but there is no ${name}Schema.`);
    return [name, schema];
  });
  return names.map(([name, schema]) => printType(name, schema, names)).join('\n\n');
}
