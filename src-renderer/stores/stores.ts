/** All state that two or more panels share, made once for a client. */
import type { StudioClient } from '../client/studio-client';
import { type CommandRegistry, createCommandRegistry } from './commands';
import { createDocumentsStore, type DocumentsStore } from './documents';
import { createNoticeStore, type NoticeStore } from './notices';
import { createPluginsStore, type PluginsStore } from './plugins';
import { createProjectSources, type ProjectSources } from './project-sources';
import { createRunsStore, type RunsStore } from './runs';
import { createWorkbenchStore, type WorkbenchStore } from './workbench';

export interface Stores {
  readonly notices: NoticeStore;
  readonly commands: CommandRegistry;
  readonly workbench: WorkbenchStore;
  readonly plugins: PluginsStore;
  readonly runs: RunsStore;
  readonly documents: DocumentsStore;
  readonly sources: ProjectSources;
}

export function createStores(client: StudioClient): Stores {
  const notices = createNoticeStore();
  const { report } = notices;
  const documents = createDocumentsStore(client, report);
  return {
    notices,
    commands: createCommandRegistry(report),
    workbench: createWorkbenchStore(client, report),
    plugins: createPluginsStore(client, report),
    runs: createRunsStore(client, report),
    documents,
    sources: createProjectSources(client, documents, report),
  };
}
