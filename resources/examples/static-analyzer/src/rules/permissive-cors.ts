/** Pages of any origin that may read answers, worst of all with the person's cookies. */
import { codeText, findCalls } from '../code/calls';
import { CONFIG_LANGUAGES } from '../text/language';
import { findPatterns, type Pattern } from './find-patterns';
import type { Match, SourceRule, SourceTarget } from './rule';

const CREDENTIALS =
  /Access-Control-Allow-Credentials["'`]?\s{0,4}[,:=)\]]\s{0,4}["'`]?true|\bcredentials\s{0,2}:\s{0,2}true|supports_credentials\s?=\s?True|allow_credentials\s?=\s?True|AllowCredentials\s?[:(]\s?true|allowCredentials\s?=\s?"true"|Access-Control-Allow-Credentials:\s?true/i;
const HEADER = /["'`]Access-Control-Allow-Origin["'`]\s?[,:\]=]{1,3}\s?/gi;

export const permissiveCors: SourceRule = {
  scans: 'source',
  id: 'permissive-cors',
  title: 'CORS for any origin',
  description:
    'Any page may read the answers of this service. With credentials it reads what the person is allowed to see.',
  severity: 'high',
  type: 'misconfiguration',
  cwe_ids: ['CWE-942'],
  mitre_tactics: ['collection', 'credential_access'],
  mitre_techniques: ['T1189', 'T1539'],
  remediation:
    'Answer with an origin from a list of your own, and send Vary: Origin. Allow credentials only to those origins.',
  references: [
    'https://cwe.mitre.org/data/definitions/942.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/HTML5_Security_Cheat_Sheet.html#cross-origin-resource-sharing',
  ],
  confidence: 0.85,
  languages: ['python', 'javascript', 'java', 'go', 'php', ...CONFIG_LANGUAGES],
  find: (target) => [...headers(target), ...middleware(target), ...findPatterns(target, PATTERNS)],
};

const PATTERNS: readonly Pattern[] = [
  {
    languages: ['php'],
    expression: /\bheader\s?\(\s?["']Access-Control-Allow-Origin:\s?\*/gi,
    refine: (_, target) => anyOrigin(target),
  },
  {
    languages: ['java'],
    expression: /@CrossOrigin\s?\((?:[^)\n]{0,80}?origins?\s?=\s?)?\s?\{?\s?"\*"/g,
    refine: (_, target) => anyOrigin(target),
  },
  {
    languages: ['yaml', 'json'],
    expression:
      /["']?(?:allowed_?origins?|allow_?origins?|cors_?origins?)["']?\s?[:=]\s{0,4}(?:\[\s{0,40})?["']?\*["']?/gi,
    refine: (_, target) => anyOrigin(target),
  },
];

/** Any origin is worse with credentials. */
function anyOrigin({ source }: SourceTarget): Omit<Match, 'start' | 'end'> {
  return CREDENTIALS.test(source.code)
    ? { title: 'CORS for any origin with credentials', severity: 'high', confidence: 0.85 }
    : { severity: 'low', confidence: 0.6 };
}

/** The header set by hand: `*`, or the origin of the request handed back. */
function headers(target: SourceTarget): Match[] {
  const { source, flow } = target;
  const matches: Match[] = [];
  HEADER.lastIndex = 0;
  for (let found = HEADER.exec(source.code); found !== null; found = HEADER.exec(source.code)) {
    const start = found.index + found[0].length;
    const value = { start, end: Math.min(source.code.length, start + 80, endOfLine(source.code, start)) };
    const place = { start: found.index, end: value.end };
    if (/^["'`]\*["'`]/.test(codeText(source, value))) matches.push({ ...place, ...anyOrigin(target) });
    else if (flow.inputIn(value, 'url') !== undefined) matches.push({ ...place, ...reflected(target) });
  }
  return matches;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const reflected = ({ source }: SourceTarget): Omit<Match, 'start' | 'end'> => ({
  title: 'CORS origin handed back',
  description: 'The answer allows whatever origin the request names, so every page may read it.',
  severity: CREDENTIALS.test(source.code) ? 'high' : 'medium',
  confidence: 0.85,
});

const MIDDLEWARE = /(?<![\w$.])(?:cors|CORS|app\.add_middleware|enableCors|app\.enableCors)\b/g;

/** Middleware of web frameworks: cors({ origin: true }), CORS(app), CORSMiddleware. */
function middleware(target: SourceTarget): Match[] {
  const { source } = target;
  if (source.language !== 'javascript' && source.language !== 'python') return [];
  return findCalls(source, MIDDLEWARE).flatMap((call): Match[] => {
    const text = codeText(source, call);
    if (call.callee === 'app.add_middleware' && !text.includes('CORSMiddleware')) return [];
    const place = { start: call.start, end: call.end };
    const open = /\borigins?["']?\s?[:=]\s?(?:\[\s?)?(?:true\b|["'`]\*["'`])|allow_origins\s?=\s?\[\s?["']\*["']/.test(
      text,
    );
    if (!open) return [];
    if (CREDENTIALS.test(text)) return [{ ...place, title: 'CORS for any origin with credentials', confidence: 0.92 }];
    return [{ ...place, severity: 'low', confidence: 0.6 }];
  });
}
