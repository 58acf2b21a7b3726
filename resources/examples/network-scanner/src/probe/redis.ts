/** Redis, and whether it wants a password: PING is answered to strangers only where it does not. */
import type { Conversation } from './conversation';
import { readable } from './readable';
import type { Service } from './service';

export async function askRedis(conversation: Conversation): Promise<Service | undefined> {
  const answer = await conversation.ask('PING\r\n');
  if (/^-(NOAUTH|DENIED|WRONGPASS|ERR.*auth)/i.test(answer)) {
    return { name: 'redis', product: 'Redis', banner: readable(answer), facts: { authentication: true } };
  }
  if (!answer.startsWith('+PONG')) return undefined;
  const info = await conversation.ask(
    'INFO server\r\n',
    (text) => /redis_version:[^\r\n]+\r?\n/.test(text) || text.startsWith('-'),
  );
  const version = /redis_version:([\w.]+)/.exec(info)?.[1];
  return { name: 'redis', product: 'Redis', version, banner: readable(answer), facts: { authentication: false } };
}

/** How Redis answers what it takes for a command. */
export const soundsLikeRedis = (text: string): boolean =>
  /^-ERR (unknown command|wrong number of arguments)|^-NOAUTH|^-DENIED/i.test(text);
