/** Fills {{name}} in a text. A name without a value stays as it is and is reported, so that nobody misses it. */
import { describeValue } from './describe-value';

export interface FilledTemplate {
  readonly text: string;
  readonly missing: readonly string[];
}

export function fillTemplate(template: string, values: Readonly<Record<string, unknown>>): FilledTemplate {
  const placeholder = /\{\{\s{0,10}([\w.-]{1,100})\s{0,10}\}\}/g;
  const missing: string[] = [];
  let text = '';
  let from = 0;
  for (let found = placeholder.exec(template); found !== null; found = placeholder.exec(template)) {
    const [whole, name = ''] = found;
    const isKnown = Object.hasOwn(values, name);
    if (!isKnown) missing.push(name);
    text += template.slice(from, found.index) + (isKnown ? describeValue(values[name]) : whole);
    from = found.index + whole.length;
  }
  return { text: text + template.slice(from), missing };
}
