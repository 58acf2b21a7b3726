/** What is asked of a service that has greeted: whether it offers encryption. */
import type { Conversation } from './conversation';
import type { Service } from './service';

export async function followUp(service: Service, conversation: Conversation): Promise<Service> {
  const question = QUESTIONS.get(service.name);
  if (question === undefined) return service;
  const answer = await conversation.ask(question.text, question.isComplete);
  if (answer === '') return service;
  return { ...service, facts: { ...service.facts, starttls: question.offersTls.test(answer) } };
}

interface Question {
  readonly text: string;
  readonly isComplete: (answer: string) => boolean;
  readonly offersTls: RegExp;
}

/** The last line of an answer has a blank after its number. */
const isLastLine = (answer: string): boolean => /(^|\n)[2-5]\d\d [^\n]*\n$/.test(answer);

const QUESTIONS: ReadonlyMap<string, Question> = new Map([
  ['smtp', { text: 'EHLO scanner.invalid\r\n', isComplete: isLastLine, offersTls: /^250[ -]STARTTLS\b/im }],
  ['ftp', { text: 'FEAT\r\n', isComplete: isLastLine, offersTls: /^\s*AUTH\b.*TLS/im }],
  [
    'imap',
    { text: 'a CAPABILITY\r\n', isComplete: (answer) => /(^|\n)a [A-Z]/.test(answer), offersTls: /\bSTARTTLS\b/i },
  ],
  [
    'pop3',
    {
      text: 'CAPA\r\n',
      isComplete: (answer) => /(^|\n)\.\r?\n/.test(answer) || answer.startsWith('-ERR'),
      offersTls: /^STLS\b/im,
    },
  ],
]);
