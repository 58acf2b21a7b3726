/** What became of a run, in the words of somebody who has to do something about it. */
import { type Diagnostic, type EndReason, OUTCOME_WORDS, type Run, type RunSummary } from '@shared/contracts';
import { formatLimit, SOURCE_WORDS } from '../../stores/limit-words';
import { countResults } from '../../stores/result-words';
import { formatCount, formatDuration } from '../../ui/figures';

export type Tone = 'error' | 'warning' | 'info';

export interface OutcomeText {
  readonly tone: Tone;
  readonly title: string;
  /** What happened. */
  readonly message: string;
  /** What to do next. */
  readonly advice: string;
  /** As the plugin threw it. */
  readonly stack?: string;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The frames alone: before them a stack says the message again. Undefined where that is all it says. */
function framesOf(stack: string, message: string): string | undefined {
  const first = stack.search(/\n\s+at /);
  if (!(first === -1 ? stack : stack.slice(0, first)).includes(message)) return stack;
  return first === -1 ? undefined : stack.slice(first + 1);
}

const TITLES: Readonly<Record<EndReason['reason'], string>> = {
  memory: 'The plugin ran out of memory',
  cpu: 'The plugin took too much of the processor',
  timeout: 'The plugin took too long',
  flood: 'The plugin said too much',
};

/** What ended the plugin, where that was a limit, with the figures: they are what somebody needs to choose another. */
function overLimit(run: Run): OutcomeText | undefined {
  const { reason, figure, limit, unit, from = 'built-in' } = (run.error?.data ?? {}) as Partial<EndReason>;
  if (reason === undefined || figure === undefined || limit === undefined || unit === undefined) return undefined;
  const [came, may] = [formatLimit(unit, figure), formatLimit(unit, limit)];
  return {
    tone: 'error',
    title: `${TITLES[reason]}: ${came === may ? may : `${came} of ${may}`}`,
    message: run.error?.message ?? '',
    advice: `The limit is ${SOURCE_WORDS[from]}. Run again: the plugin starts anew.`,
  };
}

/** Whether the person can change the limit that was hit in the request. */
export const isLimitOfRun = ({ error }: Run): boolean => error?.data?.reason !== undefined && error.data.from === 'run';

function crashed(run: Run): OutcomeText {
  const known = overLimit(run);
  if (known !== undefined) return known;
  const { signal, exitCode } = run.error?.data ?? {};
  const how =
    textOf(signal) !== undefined
      ? `Its process was ended by ${textOf(signal)}.`
      : typeof exitCode === 'number'
        ? `Its process exited with code ${exitCode}.`
        : 'Its process ended.';
  const advice = 'Look at the plugin log for what it said last, then run again: the plugin starts anew.';
  const message =
    run.error?.message.includes(how) === true ? run.error.message : `${run.error?.message ?? ''} ${how}`.trim();
  return { tone: 'error', title: 'The plugin crashed', message, advice };
}

/** The plugin answered, and its answer is that it did not work. */
const ANSWERED: Readonly<Record<Run['pluginType'], string>> = {
  analyzer: 'The analysis failed',
  enricher: 'Nothing could be looked up',
  scanner: 'The scan failed',
  notifier: 'Nothing was delivered',
  processor: 'The plugin failed',
  connector: 'The plugin failed',
};

function threw(run: Run): OutcomeText {
  const name = textOf(run.error?.data?.name);
  const said = run.error?.message ?? 'The plugin failed and did not say why.';
  // The title has the name already.
  const message = name !== undefined && said.startsWith(`${name}: `) ? said.slice(name.length + 2) : said;
  const whole = textOf(run.error?.data?.stack);
  const stack = whole === undefined ? undefined : framesOf(whole, message);
  return {
    tone: 'error',
    title: name === undefined ? ANSWERED[run.pluginType] : `The plugin threw ${name}`,
    message,
    advice:
      name === DENIED
        ? 'Allow what it needs, or mend the line, and run again.'
        : stack === undefined
          ? 'This is what the plugin answered. The logs of this run may say more.'
          : 'Open the line in the code, mend it, and run again.',
    ...(stack === undefined ? {} : { stack }),
  };
}

/** What a plugin gets that does what it may not. */
const DENIED = 'SecurityError';

export const wasDenied = ({ outcome, error }: Run): boolean =>
  outcome === 'plugin-error' && error?.data?.name === DENIED;

/** The problems that say what this run was denied. */
export const denialsOf = ({ error }: Run, diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.filter(
    ({ code, message }) => code === 'capabilities/denied' && error?.message.includes(message) === true,
  );

/** Undefined for a run that goes on, or that went well. */
export function describeOutcome(run: Run): OutcomeText | undefined {
  const message = run.error?.message ?? '';
  switch (run.outcome) {
    case 'running':
    case 'success':
      return undefined;
    case 'plugin-error':
      return threw(run);
    case 'crashed':
      return crashed(run);
    case 'invalid-response':
      return {
        tone: 'error',
        title: 'The response breaks the contract',
        message: `${formatCount(run.responseProblems.length, 'problem')} in what the plugin answered.`,
        advice: 'What is whole on its own is shown. The platform would refuse this response.',
      };
    case 'timeout':
      return {
        tone: 'error',
        title: 'The plugin took too long',
        message: message || 'The plugin did not answer in time, so its process was ended.',
        advice: 'The time that it may take stands above, beside the sample.',
      };
    case 'cancelled':
      return {
        tone: 'info',
        title: 'Stopped',
        message: `You stopped this run after ${formatDuration(run.durationMs)}.`,
        advice: 'What came until then is shown; it is not compared with other runs.',
      };
  }
}

/** Such as "9 findings · 3 new · 42 ms". */
export function summaryLine(
  run: RunSummary,
  counts: { readonly new: number; readonly gone: number; readonly compared: boolean },
) {
  return [
    run.outcome === 'success' ? undefined : OUTCOME_WORDS[run.outcome],
    countResults(run),
    counts.compared && counts.new > 0 ? `${counts.new.toLocaleString('en')} new` : undefined,
    counts.compared && counts.gone > 0 ? `${counts.gone.toLocaleString('en')} gone` : undefined,
    formatDuration(run.durationMs),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}
