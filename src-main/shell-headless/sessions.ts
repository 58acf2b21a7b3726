/**
 * Who may speak to the host. The printed link carries a token that works once; it is exchanged for a session that
 * the browser keeps in a cookie, so that a link left in a log or a history opens nothing.
 */
import { randomBytes } from 'node:crypto';

export interface Sessions {
  newToken(): string;
  /** @returns the new session, or undefined where the token was used before or is none of ours. */
  redeem(token: string): string | undefined;
  has(session: string): boolean;
}

const secret = () => randomBytes(32).toString('base64url');

export function createSessions(): Sessions {
  const tokens = new Set<string>();
  const sessions = new Set<string>();
  return {
    newToken() {
      const token = secret();
      tokens.add(token);
      return token;
    },
    redeem(token) {
      if (!tokens.delete(token)) return undefined;
      const session = secret();
      sessions.add(session);
      return session;
    },
    has: (session) => sessions.has(session),
  };
}
