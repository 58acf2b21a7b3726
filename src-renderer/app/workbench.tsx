/** The whole window. */
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useMonacoWhenIdle } from '../editor/monaco';
import { Explorer } from '../panels/explorer';
import { QuestionPrompt } from '../panels/permissions';
import { useClient, useStores } from '../stores/context';
import { DialogHost } from '../ui/dialogs';
import { Splitter } from '../ui/splitter';
import { ActivityBar } from './activity-bar';
import { useApp } from './app-context';
import { ConnectionBanner } from './connection-banner';
import { DockView } from './dock-view';
import { NoticesView } from './notices-view';
import { Palette } from './palette';
import { PanelBoundary } from './panel-boundary';
import { StatusBar } from './status-bar';
import { TitleBar } from './title-bar';
import { createUnseenEvents } from './unseen-events';
import styles from './workbench.module.css';

export function Workbench() {
  const client = useClient();
  const { notices } = useStores();
  const { chrome, palette, files, dock, layout, editorCommands } = useApp();
  const { sideVisible, sideWidth } = useStore(chrome);
  const ready = useStore(dock, (state) => state.ready);
  const looking = useStore(dock, (state) => state.shownTools.includes('events'));
  const unseen = useMemo(() => createUnseenEvents(client, notices.report), [client, notices]);
  const monaco = useMonacoWhenIdle();

  useEffect(() => unseen.setLooking(looking), [unseen, looking]);
  useEffect(() => {
    if (ready) layout.restore().catch(notices.report);
  }, [ready, layout, notices]);
  useEffect(() => {
    if (monaco !== undefined) editorCommands.follow(monaco);
  }, [monaco, editorCommands]);

  return (
    <div className={styles.window}>
      <TitleBar />
      <ConnectionBanner />
      <div className={styles.body}>
        <ActivityBar unseen={unseen} />
        <main className={styles.main}>
          <Splitter
            label="Width of the side bar"
            direction="columns"
            initial={sideWidth}
            size={sideWidth}
            min={160}
            minRest={320}
            firstHidden={!sideVisible}
            onResize={(width) => chrome.setState({ sideWidth: width })}
          >
            <PanelBoundary title="The explorer">
              <Explorer />
            </PanelBoundary>
            <DockView />
          </Splitter>
        </main>
      </div>
      <StatusBar />
      <NoticesView>
        <QuestionPrompt />
      </NoticesView>
      <Palette palette={palette} files={files} />
      <DialogHost />
    </div>
  );
}
