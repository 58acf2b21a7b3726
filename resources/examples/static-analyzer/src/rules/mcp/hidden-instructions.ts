/**
 * Tools whose texts give orders to the model. A description says what a tool does; it has no business with what the
 * model reads, sends or keeps from the person. Every signal has a weight, and the tool is reported when together
 * they weigh enough: "always" alone is a word, "always" with "do not tell the user" is an attack.
 */
import type { Tool, ToolText } from '../../json/tools-list';
import { hiddenBase64 } from '../../text/base64';
import type { Match, ToolsRule } from '../rule';

interface Signal {
  readonly says: string;
  readonly weight: number;
  readonly expression: RegExp;
}

const SIGNALS: readonly Signal[] = [
  {
    says: 'marks a part as more important than the rest',
    weight: 2,
    expression:
      /<\s?\/?\s?(?:important|system|instructions?|secret|admin|critical|priority|hidden)\s?>|\[(?:system|inst|important)\]|<\|(?:im_start|system|endoftext)\|>/i,
  },
  { says: 'hides text in a comment', weight: 2, expression: /<!-{2}[\s\S]{10,2000}?-{2}>/ },
  {
    says: 'tells the model to set its instructions aside',
    weight: 3,
    expression:
      /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|your|system|other|safety)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules|guidelines|messages?|constraints|polic(?:y|ies))\b/i,
  },
  {
    says: 'asks to keep something from the person',
    weight: 3,
    expression:
      /\b(?:do\s?n[o']t|never|without|avoid|must not)\b[^.\n]{0,40}\b(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|notify(?:ing)?|reveal(?:ing)?|show(?:ing)?|disclos(?:e|ing)|explain(?:ing)?|ask(?:ing)?)\b[^.\n]{0,40}\b(?:user|users|human|person|anyone|them|this)\b/i,
  },
  {
    says: 'names files that hold credentials',
    weight: 3,
    expression:
      /(?:~|\$HOME|\/home\/\w{1,40}|\/root|%USERPROFILE%)[\\/]\.(?:ssh|aws|gnupg|kube|docker|config|netrc|npmrc|cursor|env)\b|\bid_(?:rsa|ed25519|ecdsa)\b|\/etc\/(?:passwd|shadow)\b|\.aws[\\/]credentials\b|\bmcp\.json\b/i,
  },
  {
    says: 'asks to read something and pass it on',
    weight: 2,
    expression:
      /\b(?:read|cat|open|load|retrieve|collect|fetch|include|copy|get)\b[^.\n]{0,80}\b(?:file|files|contents?|keys?|credentials?|secrets?|tokens?|passwords?|environment variables|conversation|chat history|messages|system prompt)\b[^.\n]{0,120}\b(?:pass|send|include|put|append|attach|add|provide|post|upload|forward|as the|into|to the)\b/i,
  },
  {
    says: 'asks to send data away',
    weight: 2,
    expression:
      /\b(?:send|post|upload|forward|exfiltrate|transmit|leak|bcc)\b[^.\n]{0,80}\b(?:to|at)\s{1,4}(?:https?:\/\/|[\w.+-]{1,60}@[\w-]{1,60}\.)/i,
  },
  {
    says: 'orders the model to do something before or besides the tool',
    weight: 1,
    expression:
      /\b(?:before|prior to|whenever|every time|after)\s(?:you\s)?(?:us(?:e|ing)|call(?:ing)?|invok(?:e|ing)|respond(?:ing)?|answer(?:ing)?|any other)\b[^.\n]{0,80}\b(?:must|first|always|read|call|send|required)\b|\byou must (?:always |first |also |never )/i,
  },
  {
    says: 'threatens',
    weight: 1,
    expression: /\botherwise\b[^.\n]{0,40}\b(?:will not work|won't work|fail|crash|be lost|be deleted|be punished)\b/i,
  },
  {
    says: 'gives the model a role',
    weight: 2,
    expression:
      /\byou are (?:now|no longer)\b|\bact as (?:an? )?(?:system|admin|root|unrestricted|developer mode)\b|\bnew (?:system )?instructions?\s?:/i,
  },
];

/** What the signals of a text must weigh together. */
const ENOUGH = 3;

export const hiddenInstructions: ToolsRule = {
  scans: 'tools',
  id: 'mcp-hidden-instructions',
  title: 'Instructions hidden in a tool',
  description: 'The text of a tool speaks to the model: it asks for things that have nothing to do with the tool.',
  severity: 'critical',
  type: 'malware',
  cwe_ids: ['CWE-1427'],
  mitre_tactics: ['initial_access', 'exfiltration'],
  mitre_techniques: ['T1204', 'T1567'],
  remediation:
    'Do not connect this server. Show the whole description to the person who approves a tool, pin its hash, and ask again when it changes.',
  references: [
    'https://cwe.mitre.org/data/definitions/1427.html',
    'https://modelcontextprotocol.io/specification/2025-06-18/server/tools#security-considerations',
  ],
  confidence: 0.9,
  find: ({ tools: { tools } }) => tools.flatMap((tool) => matchOf(tool) ?? []),
};

function matchOf(tool: Tool): Match | undefined {
  const judged = tool.texts.map((text) => ({ text, ...judge(text) })).filter(({ weight }) => weight > 0);
  const worst = judged.sort((left, right) => right.weight - left.weight)[0];
  const total = judged.reduce((sum, { weight }) => sum + weight, 0);
  if (worst === undefined || total < ENOUGH) return undefined;
  const reasons = [...new Set(judged.flatMap(({ says }) => says))];
  return {
    start: worst.text.start,
    end: worst.text.end,
    title: `Instructions hidden in the tool "${tool.name}"`,
    description: `The ${worst.text.path} of "${tool.name}" ${reasons.join('; it ')}.`,
    evidence: judged.flatMap(({ quotes }) => quotes).slice(0, 6),
    confidence: total >= 2 * ENOUGH ? 0.97 : 0.85,
    component: tool.name,
  };
}

interface Judged {
  readonly weight: number;
  readonly says: readonly string[];
  readonly quotes: readonly string[];
}

/** Also reads what base64 in the text hides. */
function judge({ value }: ToolText): Judged {
  const found = SIGNALS.flatMap(({ expression, ...signal }) => {
    const quote = expression.exec(value.slice(0, LONGEST_TEXT))?.[0];
    return quote === undefined ? [] : [{ ...signal, quote: shorten(quote) }];
  });
  const blobs = hiddenBase64(value).map(({ decoded }) => ({
    says: 'hides text in base64',
    weight: 3,
    quote: `base64 decodes to: ${shorten(decoded)}`,
  }));
  const all = [...found, ...blobs];
  return {
    weight: all.reduce((sum, { weight }) => sum + weight, 0),
    says: all.map(({ says }) => says),
    quotes: all.map(({ quote }) => quote),
  };
}

const LONGEST_TEXT = 50_000;

const shorten = (text: string): string => {
  const line = text.split('\n').join(' ').trim();
  return line.length > 160 ? `${line.slice(0, 157)}...` : line;
};
