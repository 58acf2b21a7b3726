/** Starts the window: tokens first, then the connection, then everything that shows what comes over it. */
import { MantineProvider } from '@mantine/core';
import { fromWireError } from '@shared/errors';
import { createRpcClient } from '@shared/rpc';
import { type ReactNode, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import '@vscode/codicons/dist/codicon.css';
import '../ui/base.css';
import { interpretedCheck } from '../client/interpreted-check';
import { connectHost, nativeShell } from '../client/ports';
import { createStudioClient } from '../client/studio-client';
import { StoresProvider } from '../stores/context';
import { createStores, type Stores } from '../stores/stores';
import { Delayed } from '../ui/delayed';
import { EmptyState } from '../ui/empty-state';
import { pageTheme } from '../ui/resolved-theme';
import { mantineTheme, mantineVariables } from '../ui/theme';
import { AppProvider } from './app-context';
import { createApp } from './create-app';
import { draftStorage } from './draft-storage';
import { installKeyHandler } from './key-handler';
import { stayConnected } from './stay-connected';
import { Workbench } from './workbench';

let stores: Stores | undefined;
const report = (error: unknown) => stores?.notices.report(error);
const rpc = createRpcClient(interpretedCheck, report);
const root = createRoot(document.getElementById('root')!);

function Themed({ children }: { readonly children: ReactNode }) {
  const theme = useSyncExternalStore(pageTheme.subscribe, () => pageTheme.getState().theme);
  return (
    <MantineProvider theme={mantineTheme} cssVariablesResolver={mantineVariables} forceColorScheme={theme}>
      {children}
    </MantineProvider>
  );
}

/** The stores ask as soon as they are made, so they are made when there is somebody to ask. */
function start(): void {
  const client = createStudioClient(rpc, nativeShell());
  const created = createStores(client, draftStorage(window, client.native !== undefined));
  stores = created;
  const app = createApp(client, created);
  client.studio.on('didFail', (failure) => report(fromWireError(failure)));
  installKeyHandler(created.commands, window);
  root.render(
    <Themed>
      <StoresProvider client={client} stores={created}>
        <AppProvider value={app}>
          <Workbench />
        </AppProvider>
      </StoresProvider>
    </Themed>,
  );
}

root.render(
  <Themed>
    <Delayed after={1000}>
      <EmptyState icon="plug" title="Connecting to the host">
        The window opens as soon as the host answers.
      </EmptyState>
    </Delayed>
  </Themed>,
);
const stop = rpc.onDidChangeState.on((state) => {
  if (state !== 'open') return;
  stop();
  start();
});
stayConnected(rpc, connectHost, report);
