import { afterEach, describe, expect, it } from 'vitest';
import { PluginError, SecurityError, TimeoutError } from '../errors';
import { type FakeClock, fakeClock } from './fake-clock';
import type { TestServices } from './scripted-services';
import { createTestContext } from './test-context';

const networkOf = (services: TestServices) => createTestContext({ network: { services } }).network;
const text = (bytes: Uint8Array | undefined) => bytes && new TextDecoder().decode(bytes);

let clock: FakeClock | undefined;
afterEach(() => {
  clock?.restore();
  clock = undefined;
});

describe('a service of a test', () => {
  it('greets, answers what it is told, and all that was said is kept', async () => {
    const network = networkOf({
      '192.0.2.1:25': { greeting: '220 mx.example\r\n', answer: (said) => `250 ${said}` },
      '[2001:db8::1]:6379': { answer: async (said) => (said.startsWith('PING') ? '+PONG\r\n' : undefined) },
    });
    const mail = await network.connect({ host: '192.0.2.1', port: 25 });
    expect([mail.address, text(await mail.read())]).toEqual(['192.0.2.1', '220 mx.example\r\n']);
    await mail.write('EHLO a\r\n');
    expect(text(await mail.read())).toBe('250 EHLO a\r\n');
    const redis = await network.connect({ host: '2001:db8::1', port: 6379 });
    await redis.write(new Uint8Array([80, 73, 78, 71, 200]));
    expect(text(await redis.read())).toBe('+PONG\r\n');
    await redis.close();
    expect(network.connections).toMatchObject([
      { host: '192.0.2.1', port: 25, said: 'EHLO a\r\n', isOpen: true },
      { host: '2001:db8::1', port: 6379, said: 'PING\u00c8', isOpen: false },
    ]);
  });

  it('says what is read before it hangs up, and takes nothing after that', async () => {
    const network = networkOf({
      'a.example:80': { answer: () => 'HTTP/1.0 200 OK\r\n\r\n', hangsUp: true },
      'a.example:13': { greeting: 'noon', hangsUp: true },
    });
    const http = await network.connect({ host: 'a.example', port: 80 });
    await http.write('GET /');
    expect([text(await http.read()), await http.read()]).toEqual(['HTTP/1.0 200 OK\r\n\r\n', undefined]);
    await expect(http.write('more')).rejects.toMatchObject({ details: { reason: 'EPIPE' } });
    const time = await network.connect({ host: 'a.example', port: 13 });
    expect([text(await time.read()), await time.read()]).toEqual(['noon', undefined]);
  });

  it('that says nothing, or is filtered, costs the time that it was given, by the clock of the test', async () => {
    clock = fakeClock();
    const network = networkOf({ 'a.example:1': {}, 'a.example:2': 'filtered' });
    const silent = await network.connect({ host: 'a.example', port: 1 });
    const reading = expect(silent.read(500)).rejects.toBeInstanceOf(TimeoutError);
    const connecting = expect(network.connect({ host: 'a.example', port: 2, timeout: 800 })).rejects.toThrow('800 ms');
    await clock.tick(800);
    await reading;
    await connecting;
    expect(clock.waiting).toBe(0);
  });

  it('ends the reading of a connection that is closed meanwhile', async () => {
    const silent = await networkOf({ 'a.example:1': {} }).connect({ host: 'a.example', port: 1 });
    const reading = silent.read();
    await silent.close();
    expect(await reading).toBeUndefined();
  });

  it('is nowhere else: other places refuse, and say which there are', async () => {
    const network = networkOf({ 'a.example:1': {} });
    const refused = network.connect({ host: 'a.example', port: 2 });
    await expect(refused).rejects.toThrow(/a\.example:1/);
    await expect(refused).rejects.toBeInstanceOf(PluginError);
    await expect(network.fetch('https://a.example/')).rejects.toBeInstanceOf(SecurityError);
    expect(network.connections).toMatchObject([{ port: 2, isOpen: false }]);
  });
});
