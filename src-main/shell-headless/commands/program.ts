/** The commands and options of `studio`, as people type them. What they do is in a file for each command. */
import { LEAST_MEMORY_MB } from '@shared/contracts';
import { SEVERITIES } from '@shared/schemas';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { UnexpectedErrors } from '../../services/unexpected-errors';
import { studioVersion } from './command-studio';
import { PLUGIN_ACTIONS, PLUGIN_FORMATS, type PluginAction, type PluginOptions, pluginCommand } from './plugin';
import { runCommand } from './run';
import { RUN_FORMATS, type RunOptions } from './run-options';
import { clearSecretCommand, listSecretsCommand, setSecretCommand } from './secret';
import { type ServeOptions, serveCommand } from './serve';
import type { Terminal } from './terminal';
import { TEST_FORMATS, type TestOptions, testCommand } from './test';
import { VALIDATE_FORMATS, type ValidateOptions, validateCommand } from './validate';

const EXIT_CODES = `
Exit codes:
  0  done
  1  findings at or above --fail-on, a channel that was not reached, or tests that failed
  2  wrong usage, an invalid manifest, nothing examined for --fail-on, a data folder that cannot be
     written into, or no studio that runs for what is asked of one
  3  the plugin failed, timed out or was killed; a file of tests could not be loaded

run --format json prints an object for each request, and one that says why where the plugin's manifest is
refused or it does not build or start; for wrong usage it prints none.

MCP_STUDIO_HOME names the data folder, where settings, grants and secrets are kept.`;

const pluginFolder = () => new Argument('<plugin folder>', 'the folder that holds plugin.json');

const registryConfig = () =>
  new Option(
    '--registry-config <file>',
    'limits and allowed permissions of a registry, as YAML or JSON; otherwise registry.yaml in the data folder',
  );

/** @param onExit hears the exit code of the command that was run; undefined where it was stopped. */
export function createProgram(
  mainFolder: string,
  terminal: Terminal,
  unexpected: UnexpectedErrors,
  onExit: (code: number | undefined) => void,
): Command {
  const program = new Command('studio')
    .description('MCP Plugin Studio: write, run and debug plugins of the MCP Security Platform')
    .version(studioVersion(mainFolder))
    .addHelpText('after', EXIT_CODES)
    .exitOverride()
    .showHelpAfterError('Add --help to see what can be said.');

  program
    .command('run')
    .description('run a sample, or every file of a folder, through a plugin of any type, or call a method of it')
    .addArgument(pluginFolder())
    .option('--sample <path>', 'a file, a folder, or - for the standard input')
    .option('--sample-name <name>', 'of the sample -: its file name, by which plugins tell its language, such as a.py')
    .option('--target-type <type>', 'of an analyzer: what the sample is; guessed where this is left out')
    .option('--data-type <type>', 'of an enricher: what the indicators are; guessed where this is left out')
    .option('--scan-type <type>', 'of a scanner: what to scan for')
    .option('--profile <name>', 'of a scanner: how to scan')
    .option('--channel <name>', 'of a notifier: where the notification goes; may be repeated', collect, [])
    .option('--method <name>', "call this method of the plugin's type instead, such as get_scan_profiles")
    .option('--args <json>', 'the arguments of the method, as a JSON list')
    .option('--config <key=value>', 'set a value of the configuration for this run; may be repeated', collect, [])
    .option(
      '--allow <permission[=host,…]>',
      'grant what plugin.json asks for, for this run: file_system_access, database_access, network_access=host,…; may be repeated',
      collect,
      [],
    )
    .addOption(new Option('--format <format>', 'how to print').choices(RUN_FORMATS).default('text'))
    .addOption(new Option('--fail-on <severity>', 'exit with 1 for findings this severe or worse').choices(SEVERITIES))
    .option('--timeout <seconds>', 'how long each request may take', secondsNumber)
    .option('--max-memory <MB>', "the plugin's objects; its process may hold half as much again", memoryNumber)
    .option('--max-cpu <percent>', 'share of one core', percentNumber)
    .option('--max-events <number>', 'events a second that the plugin may publish', eventNumber)
    .addOption(registryConfig())
    .action(async (folder: string, options: RunOptions) =>
      onExit(await runCommand(folder, options, mainFolder, terminal)),
    );

  program
    .command('test')
    .description("run a plugin's tests (tests/*.test.ts) in its sandbox")
    .addArgument(pluginFolder())
    .option('--filter <text>', 'only tests with this text in their name or the name of their file')
    .option('--junit <file>', 'write the results as JUnit XML, too')
    .addOption(new Option('--format <format>', 'how to print').choices(TEST_FORMATS).default('text'))
    .addOption(registryConfig())
    .action(async (folder: string, options: TestOptions) =>
      onExit(await testCommand(folder, options, mainFolder, terminal)),
    );

  program
    .command('validate')
    .description('check plugin.json')
    .addArgument(pluginFolder())
    .addOption(new Option('--format <format>', 'how to print').choices(VALIDATE_FORMATS).default('text'))
    .action(async (folder: string, options: ValidateOptions) =>
      onExit(await validateCommand(folder, options, terminal)),
    );

  const secret = program.command('secret').description("set, list and clear the secrets of a plugin's configuration");
  const ofSecret = () => new Argument('<secret>', 'its name, or its JSON pointer, such as /webhooks/ops');
  secret
    .command('set')
    .description('keep a secret outside of the plugin folder; its value is read from the standard input')
    .addArgument(pluginFolder())
    .addArgument(ofSecret())
    .action(async (folder: string, name: string) => onExit(await setSecretCommand(folder, name, mainFolder, terminal)));
  secret
    .command('list')
    .description('say which secrets there are and where each comes from; no values')
    .addArgument(pluginFolder())
    .action(async (folder: string) => onExit(await listSecretsCommand(folder, mainFolder, terminal)));
  secret
    .command('clear')
    .description('forget a secret that is kept')
    .addArgument(pluginFolder())
    .addArgument(ofSecret())
    .action(async (folder: string, name: string) =>
      onExit(await clearSecretCommand(folder, name, mainFolder, terminal)),
    );

  program
    .command('plugin')
    .description('load, start, stop … a plugin of a studio that runs, in its window or in a browser')
    .addArgument(new Argument('<action>', 'what to do').choices(PLUGIN_ACTIONS))
    .argument('[plugin]', 'its folder, its id or its name; without it the one that is open')
    .addOption(new Option('--format <format>', 'how to print').choices(PLUGIN_FORMATS).default('text'))
    .option('--studio <process id>', 'where several studios have the plugin open: the one that is meant', processNumber)
    .action(async (action: PluginAction, wanted: string | undefined, options: PluginOptions) =>
      onExit(await pluginCommand(action, wanted, options, terminal)),
    );

  program
    .command('serve')
    .description('open the studio in a browser; prints the link, goes on until Ctrl+C')
    .argument('[plugin folder...]', 'folders to open')
    .option('--port <number>', 'listen on this port; any free one where this is left out', portNumber)
    .option('--open', 'open the link in the default browser')
    .addOption(registryConfig())
    .action(async (folders: string[], options: ServeOptions) =>
      onExit(await serveCommand(folders, options, mainFolder, terminal, unexpected)),
    );

  return program;
}

const collect = (value: string, all: readonly string[]): string[] => [...all, value];

const numberFrom = (least: number, what: string) => (text: string) => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < least) throw new InvalidArgumentError(what);
  return value;
};
const secondsNumber = numberFrom(Number.MIN_VALUE, 'It must be a number of seconds above 0.');
const memoryNumber = numberFrom(LEAST_MEMORY_MB, `It must be a number of MB, from ${LEAST_MEMORY_MB} on.`);
const percentNumber = numberFrom(1, 'It must be a percentage of one core, from 1 on.');
const processNumber = numberFrom(1, 'It must be a process id, as studio plugin list shows it.');
const eventNumber = numberFrom(1, 'It must be a number of events a second, from 1 on.');

function portNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  }
  return value;
}
