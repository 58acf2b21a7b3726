/** PostgreSQL, by its answer of one letter to the question whether it encrypts. */
import type { Conversation } from './conversation';
import type { Service } from './service';

const SSL_REQUEST = new Uint8Array([0, 0, 0, 8, 4, 210, 22, 47]);

export async function askPostgresql(conversation: Conversation): Promise<Service | undefined> {
  const answer = await conversation.ask(SSL_REQUEST, (text) => text.length > 0);
  if (answer !== 'S' && answer !== 'N') return undefined;
  return { name: 'postgresql', product: 'PostgreSQL', facts: { starttls: answer === 'S' } };
}
