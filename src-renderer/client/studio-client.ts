/** The host as the window sees it: each service of the contract, over whichever door the port came through. */
import {
  buildService,
  configService,
  eventsService,
  manifestService,
  permissionsService,
  pluginsService,
  problemsService,
  runsService,
  studioService,
  testsService,
  workspaceService,
} from '@shared/contracts';
import type { RpcClient, ServiceClient } from '@shared/rpc';

/** What only a desktop window can do. */
export interface NativeShell {
  /** Asks with the system's dialog; undefined where the person cancels. */
  chooseFolder(): Promise<string | undefined>;
}

export interface StudioClient {
  readonly studio: ServiceClient<typeof studioService>;
  readonly workspace: ServiceClient<typeof workspaceService>;
  readonly manifest: ServiceClient<typeof manifestService>;
  readonly problems: ServiceClient<typeof problemsService>;
  readonly plugins: ServiceClient<typeof pluginsService>;
  readonly build: ServiceClient<typeof buildService>;
  readonly config: ServiceClient<typeof configService>;
  readonly runs: ServiceClient<typeof runsService>;
  readonly events: ServiceClient<typeof eventsService>;
  readonly tests: ServiceClient<typeof testsService>;
  readonly permissions: ServiceClient<typeof permissionsService>;
  readonly connection: Pick<RpcClient, 'state' | 'onDidChangeState' | 'onDidReconnect'>;
  readonly native: NativeShell | undefined;
}

export function createStudioClient(rpc: RpcClient, native?: NativeShell): StudioClient {
  return {
    studio: rpc.service(studioService),
    workspace: rpc.service(workspaceService),
    manifest: rpc.service(manifestService),
    problems: rpc.service(problemsService),
    plugins: rpc.service(pluginsService),
    build: rpc.service(buildService),
    config: rpc.service(configService),
    runs: rpc.service(runsService),
    events: rpc.service(eventsService),
    tests: rpc.service(testsService),
    permissions: rpc.service(permissionsService),
    connection: rpc,
    native,
  };
}
