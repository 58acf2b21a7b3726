/**
 * What an MCP server answers to tools/list, with the place of every text in it. A model reads all of these texts,
 * also the titles and the descriptions of parameters: each is a way to speak to it.
 */
import type { Span } from '../text/span';
import { type JsonNode, memberOf } from './parse-json';

/** A text that the model reads. */
export interface ToolText extends Span {
  /** Such as `description` or `inputSchema.properties.path.description`. */
  readonly path: string;
  readonly value: string;
}

export interface ToolDefault extends Span {
  /** Name of the parameter. */
  readonly parameter: string;
  readonly value: string | number | boolean | null;
  /** What the parameter's own description says. */
  readonly description: string;
}

export interface Tool {
  readonly name: string;
  readonly nameSpan: Span;
  /** Every text but the name. */
  readonly texts: readonly ToolText[];
  readonly defaults: readonly ToolDefault[];
}

export interface ToolsList {
  readonly tools: readonly Tool[];
}

/** @returns undefined where the document is no list of tools. */
export function readToolsList(root: JsonNode): ToolsList | undefined {
  const list = root.type === 'array' ? root : (memberOf(root, 'tools') ?? memberOf(memberOf(root, 'result'), 'tools'));
  if (list?.type !== 'array' || list.items.length === 0) return undefined;
  const tools = list.items.flatMap((item) => readTool(item) ?? []);
  const described = tools.some(({ texts, defaults }) => texts.length + defaults.length > 0);
  return tools.length === list.items.length && described ? { tools } : undefined;
}

function readTool(node: JsonNode): Tool | undefined {
  const name = memberOf(node, 'name');
  if (name?.type !== 'string' || node.type !== 'object') return undefined;
  const texts: ToolText[] = [];
  const defaults: ToolDefault[] = [];
  for (const { key, value } of node.members) {
    if (key === 'name') continue;
    if (isText(key, value)) texts.push({ path: key, value: value.value, start: value.start, end: value.end });
    if (key === 'inputSchema' || key === 'parameters' || key === 'annotations') readSchema(value, key, texts, defaults);
  }
  return { name: name.value, nameSpan: { start: name.start, end: name.end }, texts, defaults };
}

/** Texts and defaults of a schema, however deep. */
function readSchema(node: JsonNode, path: string, texts: ToolText[], defaults: ToolDefault[]): void {
  if (node.type === 'array') {
    for (const item of node.items) readSchema(item, path, texts, defaults);
    return;
  }
  if (node.type !== 'object') return;
  for (const { key, keySpan, value } of node.members) {
    const inner = `${path}.${key}`;
    if (key === 'default' && (value.type === 'string' || value.type === 'literal')) {
      const description = memberOf(node, 'description');
      const said = description?.type === 'string' ? description.value : '';
      defaults.push({
        parameter: nameIn(path),
        value: value.value,
        description: said,
        start: keySpan.start,
        end: value.end,
      });
    }
    if (isText(key, value)) texts.push({ path: inner, value: value.value, start: value.start, end: value.end });
    else if (path.endsWith('.properties') && key.length > 60) texts.push({ path: inner, value: key, ...keySpan });
    readSchema(value, inner, texts, defaults);
  }
}

const isText = (key: string, value: JsonNode): value is JsonNode & { type: 'string' } =>
  value.type === 'string' && ['description', 'title', '$comment', 'default', 'const', 'pattern'].includes(key);

const nameIn = (path: string): string => path.slice(path.lastIndexOf('.') + 1);
