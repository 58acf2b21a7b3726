/** `studio secret`: what a plugin's configuration keeps outside of its files. No value is ever printed. */

import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { StringDecoder } from 'node:string_decoder';
import type { ReadStream } from 'node:tty';
import type { ConfigState, SecretState } from '@shared/contracts';
import { StudioError } from '@shared/errors';
import { createCommandStudio } from './command-studio';
import { EXIT } from './exit-codes';
import type { Terminal } from './terminal';

type Work = (config: ConfigCalls, folder: string) => Promise<ConfigState>;
type ConfigCalls = Awaited<ReturnType<typeof createCommandStudio>>['services']['config']['calls'];

/** A name is the pointer of a property at the top. */
const pointerOf = (name: string) => (name.startsWith('/') ? name : `/${name}`);

export async function setSecretCommand(pluginFolder: string, name: string, mainFolder: string, terminal: Terminal) {
  const pointer = pointerOf(name);
  const value = await readSecret(pointer, terminal);
  if (value === undefined) return undefined;
  return withPlugin(pluginFolder, mainFolder, terminal, async (config, folder) => {
    const state = await config.setSecret({ folder, pointer, value });
    terminal.say(`${pointer} is kept ${state.secretsKept}.`);
    return state;
  });
}

export const clearSecretCommand = (pluginFolder: string, name: string, mainFolder: string, terminal: Terminal) =>
  withPlugin(pluginFolder, mainFolder, terminal, async (config, folder) => {
    const state = await config.clearSecret({ folder, pointer: pointerOf(name) });
    terminal.say(`${pointerOf(name)} is not kept any more.`);
    return state;
  });

export const listSecretsCommand = (pluginFolder: string, mainFolder: string, terminal: Terminal) =>
  withPlugin(pluginFolder, mainFolder, terminal, async (config, folder) => {
    const state = await config.read({ folder });
    const lines = state.secrets.map(
      (secret) => `${secret.pointer}${secret.kind === 'map' ? '/…' : ''}  ${wordsOf(secret)}\n`,
    );
    await terminal.write(lines.join(''));
    if (lines.length === 0) terminal.say('The plugin has no secrets: nothing in its config_schema is marked as one.');
    return state;
  });

/** Says afterwards what is wrong with the configuration, which may be another secret that is missing. */
async function withPlugin(pluginFolder: string, mainFolder: string, terminal: Terminal, work: Work): Promise<number> {
  const studio = await createCommandStudio(mainFolder, 'command-line', terminal);
  try {
    const { folder } = await studio.services.workspace.calls.openPlugin({
      folder: resolve(terminal.currentFolder, pluginFolder),
    });
    const { problems, warnings } = await work(studio.services.config.calls, folder);
    for (const { message } of [...problems, ...warnings]) terminal.say(message);
    return EXIT.done;
  } finally {
    await studio.close();
  }
}

function wordsOf({ kind, isSet, from, variable, file, isLocked, isUnused }: SecretState): string {
  if (kind === 'map') return 'takes more, by name';
  if (isLocked === true) return 'kept, encrypted by the desktop window';
  if (isUnused === true) return 'kept, without a place in the configuration';
  if (!isSet) return 'not set';
  const open = file === undefined ? '' : `, in ${file}`;
  if (from === 'environment') return `from the environment, ${variable}`;
  return from === 'store' ? `kept${open}` : `in ${file}`;
}

/** The standard input, without the end of its last line; of a person at a terminal, one line that is not shown. */
async function readSecret(pointer: string, terminal: Terminal): Promise<string | undefined> {
  const { stdin } = terminal;
  if (stdin.isTTY !== true) return (await text(stdin)).replace(/\r?\n$/, '');
  terminal.sayRaw(`${pointer} (not shown): `);
  return readHidden(stdin as ReadStream, terminal);
}

const END_OF_INPUT = '\u0004';
const INTERRUPT = '\u0003';
const ENTER = ['\r', '\n', END_OF_INPUT];
const ERASE = ['\u0008', '\u007f'];

/** Undefined where the person gave it up. */
function readHidden(stdin: ReadStream, terminal: Terminal): Promise<string | undefined> {
  const decoder = new StringDecoder('utf8');
  let typed = '';
  stdin.setRawMode(true);
  return new Promise((done, refuse) => {
    const end = () => {
      stdin.off('data', hear).off('end', onEnd).pause();
      stdin.setRawMode(false);
      terminal.sayRaw('\n');
    };
    const onEnd = () => {
      end();
      refuse(new StudioError('cli/no-secret', 'No secret was typed. Type one and press Enter.'));
    };
    const hear = (bytes: Buffer) => {
      for (const sign of decoder.write(bytes)) {
        if (sign === INTERRUPT || ENTER.includes(sign)) {
          end();
          done(sign === INTERRUPT ? undefined : typed);
          return;
        }
        typed = ERASE.includes(sign) ? [...typed].slice(0, -1).join('') : typed + sign;
      }
    };
    stdin.on('data', hear).once('end', onEnd).resume();
  });
}
