import type { IncomingMessage } from 'node:http';
import { expect, test } from 'vitest';
import { refuseRequest } from './request-guard';

const request = (headers: Record<string, string>) => ({ method: 'GET', headers }) as unknown as IncomingMessage;

test('on the port that http has anyway, browsers leave it out', () => {
  expect(refuseRequest(request({ host: '127.0.0.1' }), 80)).toBeUndefined();
  expect(refuseRequest(request({ host: 'localhost', origin: 'http://localhost' }), 80, true)).toBeUndefined();
  expect(refuseRequest(request({ host: '127.0.0.1' }), 8080)).toMatchObject({ status: 403 });
  expect(refuseRequest(request({ host: 'rebound.example' }), 80)).toMatchObject({ status: 403 });
});
