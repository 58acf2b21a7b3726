/** All state that two or more panels share, made once for a client. */
import type { StudioClient } from '../client/studio-client';
import { type CommandRegistry, createCommandRegistry } from './commands';
import { type ConfigurationsStore, createConfigurationsStore } from './configurations';
import { createDocumentsStore, type DocumentsStore } from './documents';
import { createDrafts, type Drafts, type TextStorage } from './drafts';
import { tellOfHostLoss } from './host-loss';
import { createNoticeStore, type NoticeStore } from './notices';
import { createPermissionsStore, type PermissionsStore } from './permissions';
import { createPluginsStore, type PluginsStore } from './plugins';
import { createProblemsStore, type ProblemsStore } from './problems';
import { createProjectSources, type ProjectSources } from './project-sources';
import { createRunsStore, type RunsStore } from './runs';
import { createWorkbenchStore, type WorkbenchStore } from './workbench';

export interface Stores {
  readonly notices: NoticeStore;
  readonly commands: CommandRegistry;
  readonly workbench: WorkbenchStore;
  readonly plugins: PluginsStore;
  readonly problems: ProblemsStore;
  readonly permissions: PermissionsStore;
  readonly runs: RunsStore;
  readonly documents: DocumentsStore;
  readonly configurations: ConfigurationsStore;
  readonly drafts: Drafts;
  readonly sources: ProjectSources;
}

/** @param storage for what is not saved; undefined where the browser has none. */
export function createStores(client: StudioClient, storage: TextStorage | undefined): Stores {
  const notices = createNoticeStore();
  const { report } = notices;
  const drafts = createDrafts(storage);
  const documents = createDocumentsStore(client, drafts, report);
  const plugins = createPluginsStore(client, report);
  const runs = createRunsStore(client, report);
  const configurations = createConfigurationsStore(client, drafts, report);
  tellOfHostLoss(client, runs, notices);
  return {
    notices,
    commands: createCommandRegistry(report),
    workbench: createWorkbenchStore(client, report),
    plugins,
    problems: createProblemsStore(plugins, documents, configurations, report),
    permissions: createPermissionsStore(client, report),
    runs,
    documents,
    configurations,
    drafts,
    sources: createProjectSources(client, documents, report),
  };
}
