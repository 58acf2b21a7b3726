import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FileResult } from './file-result';
import { openPath, openText } from './opened-sample';
import { openRunningPlugin } from './running-plugin.fixture';

test('every file of a folder is a request of its own; what cannot be one is a warning', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('set/a.py', 'find a');
  await plugin.writeSample('set/deep/b.yaml', 'find b');
  await plugin.writeSample('set/c.bin', Buffer.from([0, 1]));
  await plugin.writeSample('set/d.txt', Buffer.alloc(11 * 1024 * 1024, 'x'));
  const { runId, outcome } = await plugin.run('samples/set');
  const run = plugin.runs.read(runId);
  expect(outcome).toBe('success');
  expect(run.findings.map(({ result }) => result.location?.file)).toEqual(['a.py', 'deep/b.yaml']);
  expect(run.request).toMatchObject({ target_type: 'source_code', target_data: { filename: 'a.py' } });
  expect(run.response).toMatchObject({ vulnerabilities: [{ title: 'Found b' }] });
  expect(run.warnings).toEqual([
    expect.stringContaining('c.bin is binary'),
    expect.stringContaining('d.txt has 11 MB; a sample may have 10 MB'),
  ]);
  expect(run.progress).toEqual({ done: 4, total: 4, current: 'deep/b.yaml', unit: 'file' });
});

test('what is passed over is a warning, and no file', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('set/a.py', 'find a');
  await symlink('gone.py', join(plugin.folder, 'samples', 'set', 'b.py'));
  const run = plugin.runs.read((await plugin.run('samples/set')).runId);
  expect(run).toMatchObject({ outcome: 'success', warningCount: 1, progress: { done: 1, total: 1 } });
  expect(run.warnings).toEqual(['b.py was passed over: it is a link to gone.py, which cannot be reached.']);
});

test('files on which the plugin fails are warnings, and the others are analysed', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('set/a.py', 'throw');
  await plugin.writeSample('set/b.py', 'loop');
  await plugin.writeSample('set/c.py', 'find c');
  const run = plugin.runs.read((await plugin.run('samples/set', { timeoutSeconds: 2 })).runId);
  expect(run.outcome).toBe('success');
  expect(run.findings).toHaveLength(1);
  expect(run.warnings).toEqual([
    expect.stringMatching(/^a\.py: .*the sample said so/),
    expect.stringMatching(/^b\.py: /),
  ]);
});

test('a plugin that fails on every file has failed', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('set/a.py', 'throw');
  await plugin.writeSample('set/b.py', 'throw');
  const run = plugin.runs.read((await plugin.run('samples/set')).runId);
  expect(run).toMatchObject({
    outcome: 'plugin-error',
    error: { message: expect.stringContaining('the sample said so') },
  });
});

test('a plugin that crashes is started again; the third crash ends the run', async () => {
  const plugin = await openRunningPlugin();
  for (const name of ['b', 'd', 'e']) await plugin.writeSample(`set/${name}.py`, 'wait');
  for (const name of ['a', 'c', 'f']) await plugin.writeSample(`set/${name}.py`, `find ${name}`);
  plugin.bus.onDidPublish.on(({ event_type }) => {
    if (event_type === 'custom.waiting') process.kill(plugin.instance.status().pid!, 'SIGKILL');
  });
  const run = plugin.runs.read((await plugin.run('samples/set')).runId);
  expect(run).toMatchObject({ outcome: 'crashed', error: { code: 'runs/crashed-too-often' } });
  expect(run.findings.map(({ result }) => result.title)).toEqual(['Found a', 'Found c']);
  expect(run.warnings).toHaveLength(3);
});

test('a run over a folder shows where it is, and can be cancelled there', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('set/a.py', 'find a');
  await plugin.writeSample('set/b.py', 'wait');
  await plugin.writeSample('set/c.py', 'find c');
  const isInSecond = new Promise<void>((done) => {
    plugin.runs.onDidChange.on(({ outcome, progress }) => {
      if (outcome === 'running' && progress?.done === 1 && progress.current === 'b.py') done();
    });
  });
  const { runId } = await plugin.runs.start({ folder: plugin.folder, sampleId: 'samples/set' });
  await isInSecond;
  await plugin.runs.cancel(runId);
  const run = plugin.runs.read(runId);
  expect(run.outcome).toBe('cancelled');
  expect(run.findings.map(({ result }) => result.title)).toEqual(['Found a']);
});

test('what a person set in the request holds for every file, and types are still guessed', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('set/a.py', 'find a');
  await plugin.writeSample('set/b.yaml', 'find b');
  const prepared = await plugin.runs.prepareRequest({ folder: plugin.folder, sampleId: 'samples/set' });
  expect(prepared).toMatchObject({ target_type: 'source_code', target_data: { filename: 'a.py' } });
  const types: string[] = [];
  const sample = await plugin.samples.open(plugin.folder, 'samples/set');
  const onFileResult = ({ request }: FileResult) => void types.push(`${request.target_type} ${request.analysis_depth}`);
  await plugin.runs.stream({
    folder: plugin.folder,
    sample,
    request: { ...prepared, analysis_depth: 'deep' },
    onFileResult,
  });
  expect(types).toEqual(['source_code deep', 'config_file deep']);
  types.length = 0;
  await plugin.runs.stream({
    folder: plugin.folder,
    sample,
    request: { ...prepared, target_type: 'config_file' },
    onFileResult,
  });
  expect(types).toEqual(['config_file standard', 'config_file standard']);
});

test('streaming hands on each file with its own events and logs, and keeps no findings', async () => {
  const plugin = await openRunningPlugin();
  await plugin.writeSample('set/a.py', 'log a\npublish 2\nfind a');
  await plugin.writeSample('set/b.py', 'log b\nfind b');
  const results: FileResult[] = [];
  const sample = await openPath(`${plugin.folder}/samples/set`);
  const { run, manifest } = await plugin.runs.stream({
    folder: plugin.folder,
    sample,
    onFileResult: (result) => void results.push(result),
  });
  expect(manifest.name).toBe('scripted');
  expect(run).toMatchObject({ outcome: 'success', findingCount: 2, findings: [], warnings: [] });
  expect(
    results.map(({ file, logs, events }) => [
      file,
      logs.map(({ message }) => message),
      events.map((event) => event.event_type),
    ]),
  ).toEqual([
    ['a.py', ['a'], ['analysis.started', 'custom', 'custom']],
    ['b.py', ['b'], []],
  ]);
});

test('streaming a text hands it on once its end was announced', async () => {
  const plugin = await openRunningPlugin();
  const results: FileResult[] = [];
  const sample = openText('stdin', 'find x');
  await plugin.runs.stream({ folder: plugin.folder, sample, onFileResult: (result) => void results.push(result) });
  expect(results).toHaveLength(1);
  expect(results[0]!.events.map(({ event_type }) => event_type)).toEqual(['analysis.started', 'analysis.completed']);
});

test('whoever cannot take a result ends the run and gets his own error back', async () => {
  const plugin = await openRunningPlugin();
  for (const name of ['a', 'b', 'c']) await plugin.writeSample(`set/${name}.py`, 'find x');
  const seen: string[] = [];
  const sample = await openPath(`${plugin.folder}/samples/set`);
  const onFileResult = ({ file }: FileResult) => {
    seen.push(file);
    throw new Error('disk full');
  };
  await expect(plugin.runs.stream({ folder: plugin.folder, sample, onFileResult })).rejects.toThrow('disk full');
  expect(seen).toEqual(['a.py']);
});

test('a target type that the plugin does not support is refused with those that it does', async () => {
  const plugin = await openRunningPlugin();
  const sample = openText('stdin', 'find x');
  await expect(
    plugin.runs.stream({
      folder: plugin.folder,
      sample,
      wanted: { target_type: 'binary' },
      onFileResult: () => undefined,
    }),
  ).rejects.toMatchObject({
    code: 'runs/not-supported',
    message: expect.stringContaining('source_code, config_file'),
  });
});
