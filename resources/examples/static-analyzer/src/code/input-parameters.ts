/** Parameters that carry input because of what stands above, before or around their function. */
import type { SourceText } from '../text/source-text';
import { namesIn } from './assignments';
import type { FunctionSpan } from './functions';
import { FRAMEWORK_PARAMETER, HANDLER_DECORATOR, INPUT_ANNOTATION } from './request-sources';

/** Names of the parameters whose value somebody outside chooses. */
export function inputParameters(source: SourceText, { parameters, headStart }: FunctionSpan): string[] {
  const text = source.bare.slice(parameters.start, parameters.end);
  if (source.language === 'python') return handlerParameters(source, text, headStart);
  if (source.language === 'java') return annotatedNames(text);
  if (source.language === 'javascript' && isToolHandler(source.bare, headStart)) return namesIn(text);
  return [];
}

/** A number or a truth value can do no harm, whether the annotation or the route says that it is one. */
function handlerParameters(source: SourceText, text: string, headStart: number): string[] {
  const decorators = decoratorsAbove(source, headStart);
  if (!decorators.some((line) => HANDLER_DECORATOR.test(line))) return [];
  const route = decorators.join('\n');
  return text.split(',').flatMap((part) => {
    const [, name, type] = /^\s*\*{0,2}(\w+)\s*(?::\s*([\w.]+))?/.exec(part) ?? [];
    if (name === undefined || FRAMEWORK_PARAMETER.test(name) || /^(?:int|float|bool|UUID|uuid\.UUID)$/.test(type ?? ''))
      return [];
    return new RegExp(`<(?:int|float|uuid):${name}>`).test(route) ? [] : [name];
  });
}

/** The lines right above a function that belong to its decorators. */
function decoratorsAbove(source: SourceText, headStart: number): string[] {
  const lines: string[] = [];
  for (let line = source.lineOf(headStart) - 1; line >= 1 && lines.length < 20; line--) {
    const { start, end } = source.lineSpan(line);
    const text = source.code.slice(start, end);
    if (text.trim() === '' || !/^[ \t]*[@)\]"'\w]/.test(text) || /^[ \t]*(?:def|class|return|import|from)\b/.test(text))
      break;
    lines.unshift(text);
  }
  return lines;
}

function annotatedNames(text: string): string[] {
  const names: string[] = [];
  INPUT_ANNOTATION.lastIndex = 0;
  for (let found = INPUT_ANNOTATION.exec(text); found !== null; found = INPUT_ANNOTATION.exec(text))
    names.push(found[1]!);
  return names;
}

/** `server.tool(name, schema, async ({ path }) => …)`: the callback's parameters come from the model. */
const isToolHandler = (bare: string, headStart: number): boolean =>
  /\.(?:tool|registerTool)\s{0,4}\([^;]{1,1500}$/.test(bare.slice(Math.max(0, headStart - 1_500), headStart));
