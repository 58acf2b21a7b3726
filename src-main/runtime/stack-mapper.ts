/** Stack traces in the plugin's own files and lines. Frames of the runner and of Node are left out. */
import type { Artifact } from './artifact';
import { createSourceMapReader, type SourceMapReader } from './source-map';

/** The SDK's errors are made in its constructors; where that was is of no use. */
const isErrorClass = (line: string) => /^\s+at new \w+ \(mcp-plugin-sdk:/.test(line);

/** Maps every place of the artifact that a text mentions. */
export type StackMapper = (text: string) => string;

const escapeForRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A frame that tells a plugin's author nothing. */
const isForeign = (line: string, runnerFile: string) =>
  /^\s+at /.test(line) && (line.includes(runnerFile) || /[( ]node:/.test(line));

export function createStackMapper({ readMap, url }: Artifact, runnerFile: string): StackMapper {
  let reader: SourceMapReader | undefined;
  const place = new RegExp(`${escapeForRegExp(url)}:(\\d+):(\\d+)`, 'g');
  return (text) => {
    if (!text.includes(url) && !text.includes(runnerFile)) return text;
    reader ??= readMap && createSourceMapReader(readMap());
    const own = text.split('\n').filter((line) => !isForeign(line, runnerFile));
    const mapped = own.map((text) =>
      text.replace(place, (all, line: string, column: string) => {
        const origin = reader?.originalPosition(Number(line), Number(column));
        return origin === undefined ? all : `${origin.source}:${origin.line}:${origin.column}`;
      }),
    );
    return mapped.filter((line) => !isErrorClass(line)).join('\n');
  };
}
