/** Services on a network in memory, for tests of what connects over TCP: each says what the test says. */
import { PluginError, TimeoutError } from '../errors';
import type { PluginNetwork, TcpConnection } from '../network';
import { clearTimeout, setTimeout } from './ambient';
import { encodeText } from './text-codec';

/** What a service says; texts travel as UTF-8. */
export type TestReply = string | Uint8Array | undefined;

/** A service that somebody can connect to. `filtered` takes no connection and refuses none: connecting times out. */
export type TestService =
  | 'filtered'
  | {
      /** What it says by itself, as soon as somebody connects. */
      readonly greeting?: string | Uint8Array;
      /**
       * What it says to what it is told.
       * @param said With a character a byte. @returns undefined where it says nothing.
       */
      readonly answer?: (said: string) => TestReply | Promise<TestReply>;
      /** Ends the connection after its first answer, or after its greeting where it answers nothing. */
      readonly hangsUp?: boolean;
    };

/** Services by their place, such as `192.0.2.1:22` or `[2001:db8::1]:22`. Everywhere else connections are refused. */
export type TestServices = Readonly<Record<string, TestService>>;

/** A connection that the plugin has made, or tried to. */
export interface TestConnection {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** What the plugin has said over it, with a character a byte. */
  readonly said: string;
  /** It was made, and neither side has ended it. */
  readonly isOpen: boolean;
}

interface Line extends TestConnection {
  said: string;
  isOpen: boolean;
}

const DEFAULT_TIMEOUT_MS = 10_000;

const placeOf = (host: string, port: number) => `${host.includes(':') ? `[${host}]` : host}:${port}`;

function charactersOf(content: string | Uint8Array): string {
  let text = '';
  for (const byte of encodeText(content)) text += String.fromCharCode(byte);
  return text;
}

const after = (milliseconds: number, what: string) =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new TimeoutError(`${what} within ${milliseconds} ms.`)), milliseconds);
  });

/** Both ends of one connection. */
function open(service: Exclude<TestService, 'filtered'>, line: Line, place: string): TcpConnection {
  const { greeting, answer, hangsUp = false } = service;
  const heard: Uint8Array[] = [];
  let wake = (): void => undefined;
  const end = () => {
    line.isOpen = false;
    wake();
  };
  const say = (reply: TestReply) => {
    if (reply !== undefined && reply.length > 0) heard.push(encodeText(reply));
    wake();
  };
  line.isOpen = true;
  say(greeting);
  if (hangsUp && answer === undefined) end();

  return {
    address: line.host,
    async read(timeout = DEFAULT_TIMEOUT_MS) {
      if (heard.length === 0 && line.isOpen) {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(
            () => reject(new TimeoutError(`${place} said nothing within ${timeout} ms.`)),
            timeout,
          );
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return heard.shift();
    },
    async write(content) {
      if (!line.isOpen) {
        throw new PluginError(`The connection to ${place} has ended.`, { details: { reason: 'EPIPE' } });
      }
      const said = charactersOf(content);
      line.said += said;
      if (answer === undefined) return;
      say(await answer(said));
      if (hangsUp) end();
    },
    async close() {
      heard.length = 0;
      end();
    },
  };
}

/** @internal */
export function connectTo(services: TestServices, connections: TestConnection[]): PluginNetwork['connect'] {
  return async ({ host, port, tls = false, timeout = DEFAULT_TIMEOUT_MS }) => {
    const place = placeOf(host, port);
    const line: Line = { host, port, tls, said: '', isOpen: false };
    connections.push(line);
    const service = Object.hasOwn(services, place) ? services[place] : undefined;
    if (service === 'filtered') return after(timeout, `${place} did not answer`);
    if (service !== undefined) return open(service, line, place);
    const known = Object.keys(services).join(', ') || 'none';
    throw new PluginError(`${place} refuses the connection. The test has services at: ${known}.`, {
      details: { reason: 'ECONNREFUSED' },
    });
  };
}
