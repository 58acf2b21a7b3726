/** Formats that can hold code, read from where someone else may write. */
import { type Call, codeText, findCalls } from '../code/calls';
import { describeInput, findUses, type Sink, type Use } from '../code/sinks';
import type { Match, SourceRule, SourceTarget } from './rule';

const lacksSafeLoader = (call: Call, { source }: SourceTarget): boolean =>
  !/\b(?:C?SafeLoader|C?BaseLoader|safe)\b/.test(codeText(source, call));

const SINKS: readonly Sink[] = [
  {
    languages: ['python'],
    callee: /\b(?:c?[pP]ickle|dill|cloudpickle|marshal|joblib|jsonpickle)\.(?:loads?|decode)\b/g,
    argument: 0,
  },
  {
    languages: ['python'],
    callee: /\b(?:pickle|dill)\.Unpickler\b|\bpd\.read_pickle\b|\bshelve\.open\b/g,
    argument: 0,
  },
  {
    languages: ['python'],
    callee: /(?<![\w.])yaml\.(?:load|load_all|unsafe_load|full_load)\b/g,
    argument: 0,
    when: lacksSafeLoader,
  },
  {
    languages: ['javascript'],
    callee:
      /(?<![\w$])(?:(?:nodeSerialize|serialize|serializer|node_serialize)\.)?unserialize\b|\bcryo\.parse\b|\bfuncster\.deepDeserialize\b/g,
    argument: 0,
  },
  { languages: ['java'], callee: /\bnew\s+(?:ObjectInputStream|XMLDecoder)\b/g, argument: 0 },
  {
    languages: ['php'],
    callee: /(?<![\w$>:])unserialize\b/g,
    argument: 0,
    when: (call, { source }) => !/allowed_classes['"]\s*=>\s*(?:false|\[)/.test(codeText(source, call)),
  },
  {
    languages: ['csharp'],
    callee: /\b(?:BinaryFormatter|NetDataContractSerializer|LosFormatter|SoapFormatter)\s*\(\s*\)\s*\.Deserialize\b/g,
    argument: 0,
  },
];

export const unsafeDeserialization: SourceRule = {
  scans: 'source',
  id: 'unsafe-deserialization',
  title: 'Unsafe deserialisation',
  description: 'The format can hold objects that run code while they are read. Whoever writes the data runs the code.',
  severity: 'high',
  type: 'code_injection',
  cwe_ids: ['CWE-502'],
  mitre_tactics: ['execution', 'initial_access'],
  mitre_techniques: ['T1190', 'T1059'],
  remediation:
    'Use a format that holds data only: JSON, or yaml.safe_load. Where objects must travel, sign them and check the signature first; in Java set an ObjectInputFilter.',
  references: [
    'https://cwe.mitre.org/data/definitions/502.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Deserialization_Cheat_Sheet.html',
  ],
  confidence: 0.92,
  languages: ['python', 'javascript', 'java', 'php', 'csharp'],
  find(target) {
    if (/\bObjectInputFilter\b|\bsetObjectInputFilter\b/.test(target.source.code)) return [];
    return findUses(target, SINKS, 'object').flatMap((use) => matchOf(target, use));
  },
};

function matchOf(target: SourceTarget, { call, argument, input }: Use): Match[] {
  const place = { start: call.start, end: call.end };
  if (input !== undefined) {
    return [
      { ...place, description: `${describeInput(target, input)} is read by \`${call.callee}\`, which can run code.` },
    ];
  }
  if (isOwnCopy(target, argument)) return [];
  return [{ ...place, severity: 'medium', confidence: 0.5 }];
}

/** `pickle.loads(pickle.dumps(x))` copies an object. */
const isOwnCopy = ({ source }: SourceTarget, argument: { start: number; end: number }): boolean =>
  findCalls(source, /\b(?:pickle|dill|marshal|serialize)\.?(?:dumps)?\b/g).some(
    ({ start, end }) => start >= argument.start && end <= argument.end,
  );
