/**
 * Keeps the host process running and passes ports between it and the windows. A window that asks while the host is
 * starting gets its port once it is up; when the host dies, every connected window is told and asks again.
 */
import { once } from 'node:events';
import { join } from 'node:path';
import { HOST_LOST, HOST_OPENED } from '@shared/window-shell';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import { Value } from 'typebox/value';
import { HOST_LINK } from './channels';
import { type CipherRequest, type HostOrder, HostReportSchema, type HostStart } from './host-messages';
import { createRestartPolicy } from './restart-policy';

const CLOSE_WITHIN_MS = 20_000;

export interface HostLinkOptions {
  readonly version: string;
  /** Asked at every start of the host. */
  encryption(): HostStart['encryption'];
  answerCipher(request: CipherRequest): HostOrder;
  /** Plugin folders to open at the first start. */
  readonly folders: readonly string[];
  /** A registry configuration that was named on the command line, absolute. */
  readonly registryFile?: string | undefined;
  onNotOpened(message: string): void;
  /** The host cannot start, and is not tried again. */
  onFailed(message: string): void;
  /** It died too often; resolves with true where it shall start once more. */
  askToRestart(): Promise<boolean>;
}

export interface HostLink {
  connect(window: WebContents): void;
  openFolder(folder: string): void;
  close(): Promise<void>;
}

export function createHostLink(options: HostLinkOptions): HostLink {
  const policy = createRestartPolicy();
  const waiting = new Set<WebContents>();
  const connected = new Set<WebContents>();
  const unsent: HostOrder[] = [];
  let host: UtilityProcess | undefined;
  let isReady = false;
  let isClosing = false;

  const link = (window: WebContents) => {
    if (window.isDestroyed() || host === undefined) return;
    const { port1, port2 } = new MessageChannelMain();
    const order: HostOrder = { kind: 'connect' };
    host.postMessage(order, [port1]);
    window.postMessage(HOST_LINK, HOST_OPENED, [port2]);
    connected.add(window);
  };

  const hear = (report: unknown) => {
    if (!Value.Check(HostReportSchema, report)) return;
    if (report.kind === 'not-opened') return options.onNotOpened(report.message);
    if (report.kind === 'failed') {
      isClosing = true;
      return options.onFailed(report.message);
    }
    if (report.kind !== 'ready') {
      host?.postMessage(options.answerCipher(report));
      return undefined;
    }
    isReady = true;
    for (const window of waiting) link(window);
    waiting.clear();
    for (const order of unsent.splice(0)) host?.postMessage(order);
  };

  const lose = async () => {
    host = undefined;
    isReady = false;
    if (isClosing) return;
    for (const window of connected) if (!window.isDestroyed()) window.postMessage(HOST_LINK, HOST_LOST);
    connected.clear();
    if (policy.mayRestart() || (await options.askToRestart())) start([]);
  };

  const start = (folders: readonly string[]) => {
    const { version, registryFile } = options;
    const hostStart: HostStart = { version, folders, registryFile, encryption: options.encryption() };
    host = utilityProcess.fork(join(__dirname, 'host.js'), [JSON.stringify(hostStart)], {
      serviceName: 'Studio host',
      stdio: 'inherit',
    });
    host.on('message', hear);
    host.once('exit', () => void lose());
  };

  start(options.folders);
  return {
    connect(window) {
      if (isReady) link(window);
      else waiting.add(window);
    },
    openFolder(folder) {
      const order: HostOrder = { kind: 'open-folder', folder };
      if (isReady) host?.postMessage(order);
      else unsent.push(order);
    },
    async close() {
      isClosing = true;
      if (host === undefined) return;
      const exited = once(host, 'exit');
      const order: HostOrder = { kind: 'close' };
      host.postMessage(order);
      const deadline = setTimeout(() => host?.kill(), CLOSE_WITHIN_MS);
      await exited;
      clearTimeout(deadline);
    },
  };
}
