/** The tests of the opened plugins, for the window. What failed is a problem of the plugin until the next run. */
import type { TestsState, testsService } from '@shared/contracts';
import { createEmitter, type Dispose, type Service } from '@shared/rpc';
import { writeFirstTest } from '../plugin-tests/first-test';
import type { FolderTests } from '../plugin-tests/folder-tests';
import type { PluginTests } from '../plugin-tests/plugin-tests';
import { createThrottle } from '../timing/throttle';
import type { OpenPlugins } from './open-plugins';
import type { PluginSession } from './plugin-session';

const INTERVAL_MS = 100;

export interface TestsService extends Service<typeof testsService> {
  /** The tests of an opened folder. @throws StudioError workspace/not-open */
  of(folder: string): FolderTests;
}

export function createTestsService(
  plugins: OpenPlugins,
  tests: PluginTests,
  onError: (error: unknown) => void,
): TestsService {
  const didChange = createEmitter<TestsState>();
  const opened = new Map<string, { readonly own: FolderTests; readonly stop: Dispose }>();

  function open(session: PluginSession): FolderTests {
    const own = tests.open(session.folder);
    const tell = () => {
      session.replaceTestProblems(own.diagnostics());
      didChange.emit(own.state());
    };
    const throttle = createThrottle(tell, { intervalMs: INTERVAL_MS, first: 'later' });
    const disposals = [
      throttle.close,
      own.onDidChange.on(() => throttle.ask()),
      session.onDidChangeFiles.on(own.noteChanges),
    ];
    const stop = () => {
      for (const dispose of disposals) dispose();
      own.close().catch(onError);
    };
    opened.set(session.folder, { own, stop });
    return own;
  }

  plugins.onDidOpen.on(open);
  plugins.onDidClose.on((folder) => {
    opened.get(folder)?.stop();
    opened.delete(folder);
  });

  const of = (folder: string): FolderTests => {
    const session = plugins.session(folder);
    return opened.get(folder)?.own ?? open(session);
  };

  return {
    of,
    calls: {
      async read({ folder }) {
        const own = of(folder);
        if (own.state().activity === 'idle') await own.find();
        return own.state();
      },
      async list({ folder }) {
        const own = of(folder);
        if (own.state().activity === 'idle') await own.list();
        return own.state();
      },
      run({ folder, files, tests: ids }) {
        of(folder)
          .run({ ...(files === undefined ? {} : { files }), ...(ids === undefined ? {} : { tests: ids }) })
          .catch(onError);
        return null;
      },
      async cancel({ folder }) {
        await of(folder).cancel();
        return null;
      },
      setWatching({ folder, watching }) {
        of(folder).setWatching(watching);
        return null;
      },
      readTest: ({ folder, id }) => of(folder).detail(id),
      async createFirst({ folder }) {
        return { path: await writeFirstTest(plugins.session(folder).folder) };
      },
    },
    events: { didChange },
  };
}
