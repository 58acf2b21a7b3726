/** Finds out whether a text is the answer of an MCP server to tools/list, and reads it. */
import type { SourceText } from '../text/source-text';
import { JsonError, parseJson } from './parse-json';
import { readToolsList, type ToolsList } from './tools-list';

interface FoundTools {
  readonly tools?: ToolsList;
  readonly warning?: string;
}

/** @param expected the request says that it is one: then it is worth a warning where it is not. */
export function findTools(source: SourceText, expected: boolean): FoundTools {
  if (!expected && (source.language !== 'json' || !/"(?:tools|inputSchema)"/.test(source.content))) return {};
  try {
    const tools = readToolsList(parseJson(source.content));
    if (tools !== undefined) return { tools };
    const warning = `${source.filename} is no answer to tools/list: it has no list "tools" of objects with a name.`;
    return expected ? { warning } : {};
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    const place = `line ${source.lineOf(error.position)}, column ${source.columnOf(error.position)}`;
    return {
      warning: `${source.filename} is not valid JSON (${place}): ${error.message}. Its tools were not checked.`,
    };
  }
}
