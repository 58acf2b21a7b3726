/** Tries one port: open, closed, filtered (nothing came back) out of reach, or not to be tried; and who is there where it is open. */
import { type PluginNetwork, SecurityError, type TcpConnection, TimeoutError } from 'mcp-plugin-sdk';
import { identifyService, type ProbeName } from '../probe/identify-service';
import type { OpenPort } from '../probe/service';
import type { Cancellation } from './cancellation';

export type PortState = 'open' | 'closed' | 'filtered' | 'unreachable' | 'denied';

export interface PortOutcome {
  readonly state: PortState;
  readonly open?: OpenPort;
  /** Why it is out of reach, such as ENOTFOUND, or why the platform does not let the scan there. */
  readonly reason?: string;
}

export interface PortTry {
  readonly host: string;
  readonly port: number;
  readonly probes: readonly ProbeName[];
  readonly connectTimeoutMs: number;
  readonly bannerTimeoutMs: number;
}

/** Never throws for what the other side does. */
export async function tryPort(
  { host, port, probes, connectTimeoutMs, bannerTimeoutMs }: PortTry,
  network: PluginNetwork,
  cancellation: Cancellation,
): Promise<PortOutcome> {
  const forget = new Map<TcpConnection, () => void>();
  const connect = async ({ tls } = { tls: false }): Promise<TcpConnection> => {
    const connection = await network.connect({ host, port, timeout: connectTimeoutMs, ...(tls ? { tls } : {}) });
    if (cancellation.isOver) {
      await connection.close();
      throw new Error('The scan is over.');
    }
    // A connection that is closed ends the reading from it, so that a scan that is over does not wait for anybody.
    forget.set(
      connection,
      cancellation.onEnd(() => void close(connection)),
    );
    return connection;
  };
  const close = async (connection: TcpConnection): Promise<void> => {
    forget.get(connection)?.();
    if (!forget.delete(connection)) return;
    // The other side may have been faster.
    await connection.close().catch(() => undefined);
  };

  let first: TcpConnection;
  try {
    first = await connect();
  } catch (error) {
    return readRefusal(error);
  }
  try {
    const service = await identifyService(first, { host, port, probes, bannerTimeoutMs, connect, close });
    return { state: 'open', open: { host, port, address: first.address, service } };
  } catch (error) {
    if (error instanceof SecurityError) return readRefusal(error);
    // It took the connection, and that it broke off says nothing about who is there.
    return { state: 'open', open: { host, port, address: first.address, service: { name: 'unknown' } } };
  } finally {
    await close(first);
  }
}

const UNREACHABLE = ['ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL'];

function readRefusal(error: unknown): PortOutcome {
  if (error instanceof SecurityError) return { state: 'denied', reason: error.message };
  if (error instanceof TimeoutError) return { state: 'filtered' };
  const reason = (error as { details?: { reason?: unknown } }).details?.reason;
  if (typeof reason === 'string' && UNREACHABLE.includes(reason)) return { state: 'unreachable', reason };
  return { state: reason === 'ETIMEDOUT' ? 'filtered' : 'closed' };
}
