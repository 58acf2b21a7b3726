/**
 * Says the host's messages to one process, in order, and no faster than it reads: what it has not read waits here, and
 * one that reads nothing is told so instead of filling the host's memory. Deliveries wait as the events that others
 * hold as well; all else waits as text, so that its size is known. A long text, such as that of a sample, is handed to
 * the system in parts: it would be copied whole otherwise, more than once.
 */
import type { Writable } from 'node:stream';
import type { HostMessage } from '@shared/contracts/runner-protocol';
import { messageOf } from '@shared/errors';
import { textParts } from '../capabilities/text-parts';

export interface MessageSenderOptions {
  /** Characters that may wait. */
  readonly mostWaiting: number;
  /** Nothing is sent from here on. */
  readonly onFailure: () => void;
}

export interface MessageSender {
  send(message: HostMessage): void;
  sendSoon(message: HostMessage): void;
  /** Resolves when nothing waits and little is unread; at once where nobody reads any more. */
  drained(): Promise<void>;
  /** How much waited when it was given up. */
  readonly unread: number | undefined;
  /** Why a message could not be written as text. */
  readonly unsayable: string | undefined;
}

/** So much is handed to the system at a time. */
const MEGABYTE = 1024 * 1024;
/** Characters of a long text that are written together. */
const PART = 256 * 1024;

export function createMessageSender(
  channel: Writable,
  { mostWaiting, onFailure }: MessageSenderOptions,
): MessageSender {
  let waiting: (string | HostMessage)[] = [];
  let next = 0;
  let waitingText = 0;
  /** The rest of a long text that is being written. */
  let longText: Iterator<string, void> | undefined;
  let isScheduled = false;
  let unread: number | undefined;
  let unsayable: string | undefined;
  const listeners: (() => void)[] = [];

  const isOver = () => !channel.writable || unread !== undefined || unsayable !== undefined;
  const hasMore = () => longText !== undefined || next < waiting.length;
  const isBehind = () => hasMore() || channel.writableLength >= MEGABYTE;

  const forget = () => {
    waiting = [];
    next = 0;
    waitingText = 0;
  };

  const giveUp = () => {
    forget();
    longText = undefined;
    for (const listener of listeners.splice(0)) listener();
    onFailure();
  };

  /** A message may be longer than a text can be, or nest deeper than the stack. */
  const orGiveUp = (step: () => void) => {
    try {
      step();
    } catch (error) {
      unsayable = messageOf(error);
      giveUp();
    }
  };

  const textAt = (place: number) => {
    const item = waiting[place] as string | HostMessage;
    return typeof item === 'string' ? item : JSON.stringify(item);
  };

  const take = (text: string) => {
    if (typeof waiting[next++] === 'string') waitingText -= text.length;
    if (next === waiting.length) forget();
  };

  /** What was said together travels as one line, unless it is much. */
  const writeNext = () => {
    const texts: string[] = [];
    for (let length = 0; next < waiting.length && length < MEGABYTE; ) {
      const text = textAt(next);
      if (text.length > PART) {
        if (texts.length > 0) break;
        take(text);
        longText = textParts(text, PART);
        return;
      }
      take(text);
      texts.push(text);
      length += text.length;
    }
    channel.write(texts.length === 1 ? `${texts[0]}\n` : `[${texts.join(',')}]\n`);
  };

  const writePart = (text: Iterator<string, void>) => {
    const { done, value } = text.next();
    if (done) longText = undefined;
    channel.write(done ? '\n' : value);
  };

  const flush = () => {
    isScheduled = false;
    while (!isOver() && hasMore() && channel.writableLength < MEGABYTE) {
      orGiveUp(() => (longText === undefined ? writeNext() : writePart(longText)));
    }
    if (isOver() || !isBehind()) for (const listener of listeners.splice(0)) listener();
  };

  const enqueue = (message: HostMessage) => {
    if (isOver()) return;
    if (waitingText > mostWaiting) {
      unread = waitingText;
      giveUp();
      return;
    }
    orGiveUp(() => {
      const item = message.kind === 'deliver' ? message : JSON.stringify(message);
      if (typeof item === 'string') waitingText += item.length;
      waiting.push(item);
    });
  };

  channel.on('drain', flush).on('close', flush);

  return {
    send(message) {
      enqueue(message);
      flush();
    },
    sendSoon(message) {
      enqueue(message);
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(flush);
    },
    drained() {
      flush();
      if (isOver() || !isBehind()) return Promise.resolve();
      return new Promise((resolve) => listeners.push(resolve));
    },
    get unread() {
      return unread;
    },
    get unsayable() {
      return unsayable;
    },
  };
}
