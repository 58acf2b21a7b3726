/** Guesses which of the plugin's target types a text is, from its name and, for MCP tool lists, what it holds. */
import { extname } from 'node:path';

const CONFIG_EXTENSIONS = new Set(
  '.json .jsonc .json5 .yaml .yml .toml .ini .cfg .conf .config .env .properties .xml .plist .tf .tfvars .hcl'.split(
    ' ',
  ),
);
const CONFIG_NAMES =
  /^(\.env(\..+)?|dockerfile(\..+)?|.+\.dockerfile|\.npmrc|\.yarnrc|\.editorconfig|nginx\.conf|sshd_config|ssh_config|\.htaccess)$/i;

export function guessTargetType(name: string, text: string, supported: readonly string[]): string {
  const guesses = guessesFor(name, text);
  return guesses.find((guess) => supported.includes(guess)) ?? supported[0] ?? guesses[0]!;
}

/** The best guess first; what it would also pass for after it. */
function guessesFor(name: string, text: string): string[] {
  const file = name.split(/[\\/]/).at(-1) ?? name;
  if (isToolList(file, text)) return ['mcp_tools', 'config_file', 'source_code'];
  if (CONFIG_EXTENSIONS.has(extname(file).toLowerCase()) || CONFIG_NAMES.test(file))
    return ['config_file', 'source_code'];
  return ['source_code', 'config_file'];
}

/** The answer to tools/list, with or without its JSON-RPC envelope, or a bare list of tools. */
function isToolList(file: string, text: string): boolean {
  if (extname(file).toLowerCase() !== '.json' && extname(file) !== '') return false;
  if (!/^\s*[[{]/.test(text) || !/"(inputSchema|tools)"/.test(text)) return false;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return false;
  }
  const tools = Array.isArray(value) ? value : (toolsOf(value) ?? toolsOf((value as { result?: unknown }).result));
  return tools !== undefined && tools.length > 0 && tools.every(isTool);
}

function toolsOf(value: unknown): unknown[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { tools } = value as { tools?: unknown };
  return Array.isArray(tools) ? tools : undefined;
}

const isTool = (value: unknown) =>
  typeof value === 'object' && value !== null && typeof (value as { name?: unknown }).name === 'string';
