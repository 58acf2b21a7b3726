/**
 * Who may speak to the host. The printed link carries a token that works once and not for long; it is exchanged for a
 * session that the browser keeps in a cookie, so that a link left in a log or a history opens nothing. A session that
 * nobody uses ends, and the one unused for longest makes room for another.
 */
import { randomBytes } from 'node:crypto';

export interface SessionLimits {
  readonly tokenMs: number;
  readonly idleMs: number;
  /** Of each kind: tokens and sessions. */
  readonly most: number;
}

export const SESSION_LIMITS: SessionLimits = { tokenMs: 10 * 60_000, idleMs: 24 * 60 * 60_000, most: 32 };

export interface Sessions {
  newToken(): string;
  /** @returns the new session, or undefined where the token was used before, is too old or is none of ours. */
  redeem(token: string): string | undefined;
  /** Whether there is such a session; looking is using it. */
  use(session: string): boolean;
}

/** @param now in milliseconds; the time that the machine slept need not count */
export function createSessions(now: () => number = () => performance.now(), limits = SESSION_LIMITS): Sessions {
  const tokens = createSecrets(now, limits.tokenMs, limits.most);
  const sessions = createSecrets(now, limits.idleMs, limits.most);
  return {
    newToken: tokens.add,
    redeem: (token) => (tokens.take(token) ? sessions.add() : undefined),
    use(session) {
      if (!sessions.take(session)) return false;
      sessions.put(session);
      return true;
    },
  };
}

/** Secrets in order of use, the one used last at the end. */
function createSecrets(now: () => number, lifeMs: number, most: number) {
  const usedAt = new Map<string, number>();
  const put = (secret: string) => {
    for (const [oldest, used] of usedAt) {
      if (usedAt.size < most && now() - used <= lifeMs) break;
      usedAt.delete(oldest);
    }
    usedAt.set(secret, now());
  };
  return {
    put,
    add() {
      const secret = randomBytes(32).toString('base64url');
      put(secret);
      return secret;
    },
    /** Gone afterwards. */
    take(secret: string): boolean {
      const used = usedAt.get(secret);
      usedAt.delete(secret);
      return used !== undefined && now() - used <= lifeMs;
    },
  };
}
