/** The contract's types as JSON Schema files, for Monaco and for anyone who checks plugins without the studio. */
const kebab = (name) => name.replace(/(?<=[a-z0-9])[A-Z]/g, '-$&').toLowerCase();

/** @returns File names, such as analysis-request.json, with their texts. */
export function printJsonSchemas(schemas) {
  return Object.entries(schemas)
    .filter(([name]) => name.endsWith('Schema'))
    .map(([name, schema]) => {
      const title = name.slice(0, -'Schema'.length);
      const document = {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $id: `urn:mcp-plugin-studio:schema:${kebab(title)}`,
        title,
        ...schema,
      };
      return { file: `${kebab(title)}.json`, text: `${JSON.stringify(document, undefined, 2)}\n` };
    });
}
