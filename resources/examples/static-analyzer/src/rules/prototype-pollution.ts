/** Writes that can reach Object.prototype, and with it every object of the program. */
import { describeInput, findUses, type Sink } from '../code/sinks';
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
  const write = /(?<![\w$.])[\w$.]{1,60}\[([^[\]\n"'`]{1,80})\]\s?\[[^[\]\n]{1,80}\]\s?=(?!=)/g;
  const matches: Match[] = [];
  for (let found = write.exec(source.bare); found !== null; found = write.exec(source.bare)) {
    const start = found.index + found[0].indexOf('[') + 1;
    const input = flow.inputIn({ start, end: start + found[1]!.length }, 'object');
    if (input === undefined) continue;
    const description = `${describeInput(target, input)} chooses the object that is written to.`;
    matches.push({ start: found.index, end: found.index + found[0].length, description });
  }
  return matches;
}

const GUARDED = /__proto__|hasOwn|Object\.create\(null\)|isPlainObject|new Map\b/;

/** A function that walks all keys of its source and calls itself for the value under the same key. */
function recursiveMerges({ source, flow }: SourceTarget): Match[] {
  return flow.functions.all.flatMap(({ name, start, end }) => {
    if (name === '' || end - start > 3_000 || !/merge|extend|assign|defaults/i.test(name)) return [];
    const body = source.bare.slice(start, end);
    const loop = /\bfor\s?\(\s?(?:const|let|var)\s(\w{1,40})\s(?:in|of)\b/.exec(body);
    if (loop === null || GUARDED.test(source.code.slice(start, end))) return [];
    const key = loop[1]!;
    if (!body.includes(`${name}(`) || !body.includes(`[${key}] =`)) return [];
    const at = start + loop.index;
    const description = `\`${name}\` copies every key of its source, also "__proto__", and goes into nested objects.`;
    return [
      {
        start: at,
        end: at + loop[0].length,
        title: 'Recursive merge without a key check',
        description,
        severity: 'medium',
        confidence: 0.6,
      },
    ];
  });
}
