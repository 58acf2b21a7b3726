/** Writes that can reach Object.prototype, and with it every object of the program. */
import type { FunctionSpan } from '../code/functions';
import { describeInput, findUses, type Sink } from '../code/sinks';
import type { SourceText } from '../text/source-text';
import { findPatterns, type Pattern } from './find-patterns';
import type { Match, SourceRule, SourceTarget } from './rule';

const MERGES: readonly Sink[] = [
  {
    languages: ['javascript'],
    callee:
      /(?<![\w$])(?:(?:_|lodash)\.(?:merge|mergeWith|defaultsDeep|set|setWith|zipObjectDeep)|(?:\$|jQuery)\.extend|deepmerge|mergeDeep|deepMerge|merge|defaultsDeep|extend|deepExtend)\b/g,
    argument: 'all',
    when: (call, { source }) =>
      !/extend$/.test(call.callee) || /\(\s*true\b/.test(source.bare.slice(call.start, call.end)),
  },
];

const PATTERNS: readonly Pattern[] = [
  {
    languages: ['javascript'],
    expression:
      /(?:\.__proto__|\[\s?["'`]__proto__["'`]\s?\]|\.constructor\.prototype)\s?(?:\.\s?\w{1,60}|\[[^\]\n]{1,80}\])\s?=(?!=)/g,
    refine: () => ({ severity: 'medium', confidence: 0.6, title: 'Write to a prototype' }),
  },
];

export const prototypePollution: SourceRule = {
  scans: 'source',
  id: 'prototype-pollution',
  title: 'Prototype pollution',
  description:
    'Keys that come from outside are written deep into an object. With "__proto__" they reach every object of the program.',
  severity: 'high',
  type: 'code_injection',
  cwe_ids: ['CWE-1321'],
  mitre_tactics: ['execution', 'privilege_escalation'],
  mitre_techniques: ['T1190'],
  remediation:
    'Refuse the keys __proto__, constructor and prototype, or merge into Object.create(null) or a Map. Check input against a schema before merging it.',
  references: [
    'https://cwe.mitre.org/data/definitions/1321.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Prototype_Pollution_Prevention_Cheat_Sheet.html',
  ],
  confidence: 0.85,
  languages: ['javascript'],
  find: (target) => [
    ...mergedInput(target),
    ...indexedTwice(target),
    ...recursiveMerges(target),
    ...findPatterns(target, PATTERNS),
  ],
};

const mergedInput = (target: SourceTarget): Match[] =>
  findUses(target, MERGES, 'object').flatMap(({ call, input }) =>
    input === undefined
      ? []
      : [
          {
            start: call.start,
            end: call.end,
            description: `${describeInput(target, input)} is merged deep into an object by \`${call.callee}\`.`,
          },
        ],
  );

/** `settings[section][key] = value` with a section from outside. */
function indexedTwice(target: SourceTarget): Match[] {
  const { source, flow } = target;
  const write = /\]\s?\[[^[\]\n]{1,80}\]\s?=(?!=)/g;
  const matches: Match[] = [];
  for (let found = write.exec(source.bare); found !== null; found = write.exec(source.bare)) {
    const start = source.bare.lastIndexOf('[', found.index) + 1;
    const key = { start, end: found.index };
    if (start === 0 || found.index - start > 80) continue;
    const input = flow.inputIn(key, 'object');
    if (input === undefined) continue;
    const description = `${describeInput(target, input)} chooses the object that is written to.`;
    matches.push({ start: start - 1, end: found.index + found[0].length, description });
  }
  return matches;
}

const GUARDED = /__proto__|hasOwn|Object\.create\(null\)|isPlainObject|new Map\b/;

const MERGE_NAME = /merge|extend|assign|defaults/i;
const KEY_LOOP = /\bfor\s?\(\s?(?:const|let|var)\s(\w{1,40})\s(?:in|of)\b/g;
/** In characters: a merge is a small function. */
const LONGEST_MERGE = 3_000;

/** A function that walks all keys of its source and calls itself for the value under the same key. */
function recursiveMerges({ source, flow }: SourceTarget): Match[] {
  const matches: Match[] = [];
  if (!MERGE_NAME.test(source.bare)) return matches;
  KEY_LOOP.lastIndex = 0;
  for (let found = KEY_LOOP.exec(source.bare); found !== null; found = KEY_LOOP.exec(source.bare)) {
    const around = flow.functions.at(found.index);
    if (around === undefined || !mergesDeep(source, around, found[1]!)) continue;
    const description = `\`${around.name}\` copies every key of its source, also "__proto__", and goes into nested objects.`;
    const place = { start: found.index, end: found.index + found[0].length };
    matches.push({
      ...place,
      title: 'Recursive merge without a key check',
      description,
      severity: 'medium',
      confidence: 0.6,
    });
  }
  return matches;
}

function mergesDeep(source: SourceText, { name, start, end }: FunctionSpan, key: string): boolean {
  if (!MERGE_NAME.test(name) || end - start > LONGEST_MERGE) return false;
  const body = source.bare.slice(start, end);
  return body.includes(`${name}(`) && body.includes(`[${key}] =`) && !GUARDED.test(source.code.slice(start, end));
}
