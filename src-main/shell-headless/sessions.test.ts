import { expect, test } from 'vitest';
import { createSessions, SESSION_LIMITS } from './sessions';

function openSessions() {
  let time = 0;
  const sessions = createSessions(() => time);
  const enter = () => sessions.redeem(sessions.newToken()) ?? '';
  return { sessions, enter, pass: (ms: number) => (time += ms) };
}

const { tokenMs, idleMs, most } = SESSION_LIMITS;

test('a token works once', () => {
  const { sessions } = openSessions();
  const token = sessions.newToken();
  expect(sessions.use(sessions.redeem(token) ?? '')).toBe(true);
  expect(sessions.redeem(token)).toBeUndefined();
  expect(sessions.redeem('')).toBeUndefined();
});

test('a token works for ten minutes', () => {
  const { sessions, pass } = openSessions();
  const [early, late] = [sessions.newToken(), sessions.newToken()];
  pass(tokenMs);
  expect(sessions.redeem(early)).toBeDefined();
  pass(1);
  expect(sessions.redeem(late)).toBeUndefined();
});

test('a session that is used goes on, one that is not ends after a day', () => {
  const { sessions, enter, pass } = openSessions();
  const [used, idle] = [enter(), enter()];
  for (let half = 0; half < 4; half += 1) {
    pass(idleMs / 2);
    expect(sessions.use(used)).toBe(true);
  }
  expect(sessions.use(idle)).toBe(false);
  pass(idleMs + 1);
  expect(sessions.use(used)).toBe(false);
});

test('of too many sessions the one that was not used for longest ends', () => {
  const { sessions, enter } = openSessions();
  const first = enter();
  const second = enter();
  for (let others = 2; others < most; others += 1) enter();
  expect(sessions.use(first)).toBe(true);
  const last = enter();
  expect([first, second, last].map(sessions.use)).toEqual([true, false, true]);
});

test('of too many tokens the oldest is forgotten', () => {
  const { sessions } = openSessions();
  const tokens = Array.from({ length: most + 1 }, sessions.newToken);
  expect([tokens[0], tokens[1], tokens[most]].map((token) => sessions.redeem(token ?? '') !== undefined)).toEqual([
    false,
    true,
    true,
  ]);
});
