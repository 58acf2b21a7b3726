/**
 * Who is behind an open port. First what fits the port, or what it says by itself, then one question after the other
 * on connections of their own, until one is answered.
 */
import { SecurityError, type TcpConnection } from 'mcp-plugin-sdk';
import { converse } from './conversation';
import { followUp } from './follow-ups';
import { readGreeting } from './greetings';
import { askHttp } from './http';
import { askMongodb } from './mongodb';
import { askPostgresql } from './postgresql';
import { readable } from './readable';
import { askRedis, soundsLikeRedis } from './redis';
import type { Service, TlsInfo } from './service';
import { askTls } from './tls-hello';

export type ProbeName = 'http' | 'tls' | 'redis' | 'postgresql' | 'mongodb';

/** Where the client speaks first, and what about. */
const HINTS: ReadonlyMap<number, ProbeName> = new Map([
  ...[80, 81, 3000, 5000, 8000, 8008, 8080, 8081, 8888, 9000, 9090, 9200].map((port) => [port, 'http'] as const),
  ...[443, 465, 636, 990, 993, 995, 4443, 6443, 8443, 9443].map((port) => [port, 'tls'] as const),
  ...[6379, 6380, 16379].map((port) => [port, 'redis'] as const),
  ...[5432, 5433].map((port) => [port, 'postgresql'] as const),
  ...[27017, 27018, 27019].map((port) => [port, 'mongodb'] as const),
]);

export interface Identification {
  readonly host: string;
  readonly port: number;
  readonly probes: readonly ProbeName[];
  readonly bannerTimeoutMs: number;
  /** Opens another connection to the same port. @throws as PluginNetwork.connect */
  connect(options?: { tls: boolean }): Promise<TcpConnection>;
  close(connection: TcpConnection): Promise<void>;
}

export async function identifyService(first: TcpConnection, about: Identification): Promise<Service> {
  const hint = HINTS.get(about.port);
  const greeting = hint === undefined ? await hearGreeting(first, about) : { text: '', service: undefined };
  if (greeting.service !== undefined) return greeting.service;
  if (greeting.text !== '') return { name: 'unknown', banner: readable(greeting.text) };
  const questions = [...(hint === undefined ? [] : [hint]), ...about.probes.filter((probe) => probe !== hint)];
  let suggested: ProbeName | undefined;
  let unsure: Service | undefined;
  const asked = new Set<ProbeName>();
  for (let at = 0; at < questions.length || suggested !== undefined; ) {
    const probe: ProbeName = suggested ?? questions[at++]!;
    suggested = undefined;
    if (asked.has(probe)) continue;
    asked.add(probe);
    // Without a greeting the first connection is as good as new.
    const answer = await withConnection(about, asked.size === 1 ? first : undefined, probe);
    if (answer.service !== undefined && answer.suggested === undefined) return answer.service;
    unsure ??= answer.service;
    suggested = answer.suggested;
  }
  return unsure ?? { name: 'unknown' };
}

async function hearGreeting(connection: TcpConnection, { port, bannerTimeoutMs }: Identification) {
  const conversation = converse(connection, bannerTimeoutMs);
  const text = await conversation.hear((heard) => heard.includes('\n') || readGreeting(heard, 0)?.name === 'telnet');
  const service = readGreeting(text, port);
  return { text, service: service === undefined ? undefined : await followUp(service, conversation) };
}

interface Answer {
  readonly service?: Service;
  /** What the answer sounds like; the service is then only a guess. */
  readonly suggested?: ProbeName;
}

async function withConnection(
  about: Identification,
  used: TcpConnection | undefined,
  probe: ProbeName,
): Promise<Answer> {
  let connection = used;
  try {
    connection ??= await about.connect();
    return await ask(probe, connection, about);
  } catch (error) {
    // A service that hangs up on a question it does not understand has answered it.
    if (error instanceof SecurityError) throw error;
    return {};
  } finally {
    if (connection !== undefined && connection !== used) await about.close(connection);
  }
}

async function ask(probe: ProbeName, connection: TcpConnection, about: Identification): Promise<Answer> {
  const conversation = converse(connection, about.bannerTimeoutMs);
  if (probe === 'redis') return { service: await askRedis(conversation) };
  if (probe === 'postgresql') return { service: await askPostgresql(conversation) };
  if (probe === 'mongodb') return { service: await askMongodb(conversation) };
  if (probe === 'tls') {
    const tls = await askTls(conversation, about.host);
    return tls === undefined ? {} : { service: await lookInside(tls, about) };
  }
  const answer = await askHttp(conversation, HINTS.get(about.port) === 'http' ? about.host : undefined);
  if (typeof answer === 'string') {
    if (soundsLikeRedis(answer)) return { suggested: 'redis' };
    // An alert of TLS: this is not how it wants to be spoken to.
    if (answer.charCodeAt(0) === 21 && answer.charCodeAt(1) === 3) return { suggested: 'tls' };
    return { service: answer === '' ? undefined : readGreeting(answer, about.port) };
  }
  // Servers that expect TLS say so in plain HTTP, with this status.
  return answer.facts?.status === 400 ? { service: answer, suggested: 'tls' } : { service: answer };
}

/** What is spoken inside of TLS, where the certificate is good enough to let one in. */
async function lookInside(tls: TlsInfo, about: Identification): Promise<Service> {
  let connection: TcpConnection | undefined;
  try {
    connection = await about.connect({ tls: true });
    const answer = await askHttp(converse(connection, about.bannerTimeoutMs), about.host);
    if (typeof answer !== 'string') return { ...answer, name: 'https', tls };
    const inside = readGreeting(answer, about.port);
    return inside === undefined ? { name: 'tls', tls } : { ...inside, tls };
  } catch (error) {
    if (error instanceof SecurityError) throw error;
    const problem = certificateProblem(error);
    return { name: 'tls', tls: problem === undefined ? tls : { ...tls, problem } };
  } finally {
    if (connection !== undefined) await about.close(connection);
  }
}

/** As the platform names what is wrong with a certificate. */
function certificateProblem(error: unknown): string | undefined {
  const reason = (error as { details?: { reason?: unknown } }).details?.reason;
  return typeof reason === 'string' && /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME/.test(reason) ? reason : undefined;
}
