/** Finds where in the plugin's own source a call was made, in a stack trace that is mapped to its files. */
import type { CallSite } from '@shared/contracts/permissions';

const FRAME = /^\s+at (?:.*\()?([^()\s][^()]*):(\d+):(\d+)\)?$/;

/** Of the plugin's folder: not the SDK, not the engine, not a path of the machine. */
const isOwn = (file: string) =>
  !/^(?:mcp-plugin-sdk|node:|[a-z]+:\/\/|\/|\.\.|[A-Za-z]:)/.test(file) && file.length <= 1024;

/** The innermost frame in a file of the plugin. The text may say anything: it is the plugin's process that sent it. */
export function callSiteIn(mappedStack: string): CallSite | undefined {
  for (const line of mappedStack.split('\n').slice(0, 50)) {
    const [, file = '', row, column] = FRAME.exec(line) ?? [];
    const site = { file, line: Number(row), column: Number(column) };
    if (file !== '' && isOwn(file) && site.line >= 1 && site.column >= 1) return site;
  }
  return undefined;
}

export const showSite = ({ file, line }: CallSite) => `${file}:${line}`;
