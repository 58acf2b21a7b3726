/** Runs every file of a folder, and counts them meanwhile, so that progress has something to be measured by. */
import type { OpenedFolder } from './opened-sample';
import type { RequestItem } from './requests-of-sample';
import type { RunInProgress } from './run-in-progress';
import { type End, runSeveral } from './run-several';

export async function runFolder(
  run: RunInProgress,
  folder: OpenedFolder,
  requests: (signal: AbortSignal) => AsyncGenerator<RequestItem, void, undefined>,
): Promise<End> {
  const counting = new AbortController();
  const counted = countFiles(run, folder, counting.signal);
  try {
    return await runSeveral(run, requests(run.signal));
  } finally {
    counting.abort();
    await counted;
  }
}

/** Runs ahead of the requests. */
async function countFiles({ record, tell }: RunInProgress, folder: OpenedFolder, signal: AbortSignal): Promise<void> {
  let total = 0;
  for await (const item of folder.walk(signal)) {
    total += item.kind === 'file' ? 1 : 0;
    if (total % 100 === 0) {
      record.noteProgress({ total });
      tell();
    }
  }
  if (!signal.aborted) record.noteProgress({ total });
}
