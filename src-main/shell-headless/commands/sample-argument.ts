/** What --sample names: a file, a folder, or - for the standard input. */
import { dirname, isAbsolute, relative, sep } from 'node:path';
import { StudioError } from '@shared/errors';
import { type OpenedSample, openPath, openText } from '../../runs/opened-sample';
import { checkSampleSize, decodeSample } from '../../runs/sample-text';
import type { SarifOptions } from '../../runs/sarif-report';
import type { Terminal } from './terminal';

export interface SampleArgument {
  readonly sample: OpenedSample;
  /** What a finding's own path comes after when it is shown to a person. */
  readonly shownFolder: string;
  readonly sarif: SarifOptions;
}

const STDIN_NAME = 'stdin';

/**
 * @param name What the standard input is called: a plugin tells a text's language by its name.
 * Throws cli/bad-sample-name, runs/no-sample, runs/sample-unreadable, runs/sample-too-large and runs/sample-binary.
 */
export async function openSampleArgument(
  argument: string,
  terminal: Terminal,
  name: string = STDIN_NAME,
): Promise<SampleArgument> {
  if (argument === '-') {
    refuseBadName(name);
    return { sample: openText(name, await readStdin(name, terminal)), shownFolder: '', sarif: {} };
  }
  if (name !== STDIN_NAME) {
    throw new StudioError(
      'cli/bad-sample-name',
      '--sample-name names what comes from the standard input. Leave it out, or say --sample -.',
    );
  }
  const sample = await openPath(argument);
  const { path } = sample.sample;
  const folder = sample.isFolder ? path! : dirname(path!);
  const way = relative(terminal.currentFolder, folder);
  const isOutside = way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
  const shownFolder = (isOutside ? folder : way).replaceAll(sep, '/');
  const sarif = isOutside ? { root: folder } : { root: terminal.currentFolder, prefix: shownFolder };
  return { sample, shownFolder, sarif };
}

function refuseBadName(name: string): void {
  if (name.trim() !== '' && !/\p{Cc}/u.test(name)) return;
  throw new StudioError('cli/bad-sample-name', '--sample-name takes the name of a file, such as --sample-name a.py.');
}

async function readStdin(name: string, { stdin, stopped }: Terminal): Promise<string> {
  if (stdin.isTTY) {
    throw new StudioError('cli/no-input', '--sample - reads the sample from a pipe. Pipe a text in, or name a file.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  const stop = () => stdin.destroy();
  stopped.addEventListener('abort', stop, { once: true });
  for await (const chunk of stdin) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.byteLength;
    checkSampleSize(size, name);
    chunks.push(bytes);
  }
  stopped.removeEventListener('abort', stop);
  return decodeSample(Buffer.concat(chunks), name);
}

/** The path of a finding as a person at the prompt would name it. */
export const shownPath = (folder: string, file: string) => (folder === '' ? file : `${folder}/${file}`);
