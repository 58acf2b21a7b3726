/**
 * The SDK's types and the contract's schemas as the build put them beside the window. A window that was built without
 * them still edits; it only knows less.
 */
interface SourceFile {
  readonly content: string;
  readonly filePath: string;
}

interface SchemaEntry {
  uri: string;
  fileMatch: string[];
  schema: unknown;
}

/** Undefined also where the host is away just now. */
async function fetchText(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const text = await fetchText(url);
  return text === undefined ? undefined : JSON.parse(text);
}

const fileNames = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string') : [];

/** As files of a package in the root's node_modules, which is where resolution from any folder ends. */
export async function fetchSdkTypes(): Promise<SourceFile[]> {
  const names = fileNames(await fetchJson('/sdk-types/files.json'));
  return Promise.all(
    names.map(async (name) => ({
      content: (await fetchText(`/sdk-types/${name}`)) ?? '',
      filePath: `file:///node_modules/mcp-plugin-sdk/${name}`,
    })),
  );
}

/** The schema of plugin.json, under the name that the build gives it. */
export async function fetchSchemas(): Promise<SchemaEntry[]> {
  const names = fileNames(await fetchJson('/schemas/files.json'));
  const manifest = names.find((name) => /manifest/i.test(name));
  if (manifest === undefined) return [];
  const schema = await fetchJson(`/schemas/${manifest}`);
  return [{ uri: `studio://schemas/${manifest}`, fileMatch: ['**/plugin.json'], schema }];
}
