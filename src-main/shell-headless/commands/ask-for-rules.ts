/** What an analyzer tells of its rules, for a report that describes them; a report can do without. */
import type { Run, RunLimits } from '@shared/contracts';
import { messageOf } from '@shared/errors';
import { type RulesInfo, readRulesInfo } from '../../runs/rules-info';
import type { Studio } from '../../services/create-studio';
import { plain } from './colours';
import type { Terminal } from './terminal';

const ANSWER_WITHIN_SECONDS = 10;

/** @param terms of the run, so that the rules are those that it had */
export async function askForRules(
  { engine }: Studio,
  { folder, outcome, pluginType }: Run,
  terms: { readonly config?: Record<string, unknown> | undefined; readonly limits?: RunLimits | undefined },
  terminal: Terminal,
): Promise<RulesInfo | undefined> {
  // One that has failed may do so again.
  if (pluginType !== 'analyzer' || outcome !== 'success') return undefined;
  const { value, error } = await engine.runs
    .callMethod({
      folder,
      method: 'get_rules_info',
      args: [],
      ...terms,
      timeoutSeconds: ANSWER_WITHIN_SECONDS,
      signal: terminal.stopped,
    })
    .catch((failure: unknown) => ({ value: undefined, error: { message: messageOf(failure) } }));
  if (error === undefined) return readRulesInfo(value);
  terminal.say(`warning: the plugin did not tell about its rules. ${plain(error.message)}`);
  return undefined;
}
