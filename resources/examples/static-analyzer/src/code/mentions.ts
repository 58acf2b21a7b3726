/**
 * Finds in an expression the places where input is read and the names that may hold it, and tells what the calls
 * around such a place make of it.
 */
import { effectOfCall, type SinkKind } from './cleaners';

export interface Mention {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly isSource: boolean;
}

const NAME = /(?<![\w$.]|->)\$?[A-Za-z_$][\w$]*(?![\w$]|\s*(?:\(|=(?![=>])))/g;

/** Sources of input and names, in order; a name that is compared or looked up is no mention. */
export function mentionsIn(text: string, sources: RegExp | undefined): Mention[] {
  const mentions: Mention[] = [];
  if (sources !== undefined) collect(sources, true);
  collect(NAME, false);
  return mentions;

  function collect(expression: RegExp, isSource: boolean): void {
    expression.lastIndex = 0;
    for (let found = expression.exec(text); found !== null; found = expression.exec(text)) {
      const mention = { text: found[0], start: found.index, end: found.index + found[0].length, isSource };
      if (!isCompared(text, mention)) mentions.push(mention);
    }
  }
}

const COMPARED_AFTER = /^[\w.$[\]]{0,80}\s{0,4}(?:[!=]==?|[<>]=?\s|\b(?:not\s+)?in\b|\bis\b|instanceof\b)/;
const COMPARED_BEFORE = /(?:[!=]==?|\s[<>]=?|\bin|\btypeof|\bnot)\s{0,4}$/;

const isCompared = (text: string, { start, end }: Mention): boolean =>
  COMPARED_AFTER.test(text.slice(end, end + 120)) || COMPARED_BEFORE.test(text.slice(Math.max(0, start - 12), start));

/** What the calls around a mention clean it for; undefined where nothing of it comes out. */
export function cleanedOnTheWay(text: string, mention: Mention): SinkKind[] | undefined {
  const cleaned: SinkKind[] = [];
  for (const callee of enclosingCalls(text, mention.start)) {
    if (callee === '[') return undefined;
    const effect = effectOfCall(callee);
    if (effect === undefined || effect === 'all') return undefined;
    cleaned.push(...effect);
  }
  return cleaned;
}

/** What is called around a place in an expression, from the outside in; `[` stands for a look-up in a table. */
function enclosingCalls(text: string, position: number): string[] {
  const open: string[] = [];
  for (let at = 0; at < position; at++) {
    const character = text[at]!;
    if (character === ')' || character === ']' || character === '}') open.pop();
    else if (character === '{') open.push('');
    else if (character === '(' || character === '[') {
      const callee = /[\w$.>-]{1,80}\s{0,2}$/.exec(text.slice(Math.max(0, at - 80), at))?.[0].trim() ?? '';
      open.push(character === '[' && callee !== '' ? '[' : character === '[' ? '' : callee);
    }
  }
  return open.filter((callee) => callee !== '' && !/^(?:return|await|if|and|or|not|in|new|yield|=>|->)$/.test(callee));
}
