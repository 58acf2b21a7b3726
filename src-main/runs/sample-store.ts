/**
 * The samples of a plugin: what lies in its samples/ folder, what was chosen from elsewhere, and what was pasted. An
 * id stays the same as long as the sample is where it was: samples/<path>, chosen:<absolute path>, pasted:<name>.
 * Only what is listed can be read.
 */
import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Sample, SampleContent } from '@shared/contracts';
import { isStudioError, StudioError } from '@shared/errors';
import { resolveInside } from '../files/resolve-inside';
import { type ChosenSamples, openChosenSamples } from './chosen-samples';
import { chosenId, describePath, type OpenedSample, openDescribed, openText } from './opened-sample';
import { describePasted, listPasted, readPasted, removePasted, writePasted } from './pasted-samples';
import { readSampleText } from './sample-text';
import { listSamplesFolder, SAMPLES_FOLDER } from './samples-folder';

export interface SampleStore {
  list(folder: string): Promise<Sample[]>;
  /** Throws runs/no-sample and runs/sample-unreadable. */
  choose(folder: string, path: string): Promise<Sample>;
  /** Replaces a text of the same name. Throws runs/bad-name and runs/sample-too-large. */
  paste(folder: string, name: string, text: string): Promise<Sample>;
  /** Forgets a chosen or pasted sample; a chosen file itself stays. */
  forget(folder: string, sampleId: string): Promise<void>;
  /** `file` names one inside a folder. Throws runs/no-sample, runs/sample-too-large, runs/sample-binary, runs/sample-unreadable. */
  read(folder: string, sampleId: string, file?: string): Promise<SampleContent>;
  /** Throws runs/no-sample. */
  open(folder: string, sampleId: string): Promise<OpenedSample>;
}

/** @param options.pasteFolder where pasted texts and the lists of chosen paths are kept, for all plugins. */
export function createSampleStore({ pasteFolder }: { pasteFolder: string }): SampleStore {
  const chosenOf = new Map<string, ChosenSamples>();
  const keptIn = (folder: string) => join(pasteFolder, createHash('sha256').update(folder).digest('hex').slice(0, 24));
  const textsOf = (folder: string) => join(keptIn(folder), 'texts');
  const chosen = (folder: string) => {
    const list = chosenOf.get(folder) ?? openChosenSamples(join(keptIn(folder), 'chosen.json'));
    chosenOf.set(folder, list);
    return list;
  };

  const openPasted = async (folder: string, name: string, sampleId: string) => {
    if ((await describePasted(textsOf(folder), name)) === undefined) throw noSample(sampleId);
    return openText(name, await readPasted(textsOf(folder), name));
  };

  const openOwn = async (folder: string, sampleId: string) => {
    const path = await resolveInside(folder, sampleId);
    const name = sampleId.slice(SAMPLES_FOLDER.length + 1);
    return openDescribed({ ...(await describePath(path, 'samples', sampleId)), name }, path);
  };

  const openChosen = async (folder: string, path: string, sampleId: string) => {
    if (!(await chosen(folder).list()).includes(path)) throw noSample(sampleId);
    return openDescribed(await describePath(path, 'chosen', sampleId), path);
  };

  const open = async (folder: string, sampleId: string): Promise<OpenedSample> => {
    const [, origin, rest = ''] = /^(samples\/|chosen:|pasted:)(.+)$/s.exec(sampleId) ?? [];
    if (origin === 'pasted:') return openPasted(folder, rest, sampleId);
    if (origin === 'chosen:') return openChosen(folder, rest, sampleId);
    if (origin === `${SAMPLES_FOLDER}/`) return openOwn(folder, sampleId);
    throw noSample(sampleId);
  };

  return {
    open,
    async list(folder) {
      const paths = await chosen(folder).list();
      // A chosen file may be gone by now; it stays in the list of paths, since its disk may come back.
      const present = await Promise.all(
        paths.map((path) => describePath(path, 'chosen', chosenId(path)).catch(onlyIfGone)),
      );
      const own = await listSamplesFolder(folder);
      return [...own, ...present.flatMap((sample) => sample ?? []), ...(await listPasted(textsOf(folder)))];
    },
    async choose(folder, path) {
      const real = await realpath(path).catch(() => path);
      const sample = await describePath(real, 'chosen', chosenId(real));
      await chosen(folder).add(real);
      return sample;
    },
    paste: (folder, name, text) => writePasted(textsOf(folder), name, text),
    async forget(folder, sampleId) {
      if (sampleId.startsWith('chosen:')) await chosen(folder).remove(sampleId.slice('chosen:'.length));
      else if (sampleId.startsWith('pasted:')) await removePasted(textsOf(folder), sampleId.slice('pasted:'.length));
      else
        throw new StudioError('runs/no-sample', `${sampleId} belongs to the plugin. Delete its file to be rid of it.`);
    },
    async read(folder, sampleId, file) {
      const opened = await open(folder, sampleId);
      if (!opened.isFolder) return opened.read();
      if (file === undefined) {
        throw new StudioError('runs/no-sample', `${opened.sample.name} is a folder. Say which of its files to read.`);
      }
      const path = await resolveInside(opened.sample.path!, file);
      const isFile = await stat(path).then(
        (found) => found.isFile(),
        () => false,
      );
      if (!isFile) throw new StudioError('runs/no-sample', `${basename(opened.sample.name)} has no file ${file}.`);
      return readSampleText(path, file);
    },
  };
}

const noSample = (sampleId: string) =>
  new StudioError('runs/no-sample', `The plugin has no sample ${sampleId}. Choose or paste it again.`, {
    data: { sampleId },
  });

function onlyIfGone(error: unknown): undefined {
  if (isStudioError(error)) return undefined;
  throw error;
}
