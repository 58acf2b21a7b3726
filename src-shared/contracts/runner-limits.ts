/** Figures that a plugin's process and its host share. They are apart from the schemas, which a runner does without. */

/** File descriptor of the messages, in the plugin's process. */
export const CHANNEL_FD = 3;
/** File descriptor of the pipe that closes when the host goes. */
export const LIFELINE_FD = 4;

/** Characters of a log message. */
export const LOG_MESSAGE_LIMIT = 16_384;
/** Characters of a log message's fields as JSON; what is larger stands in the message, as far as that goes. */
export const LOG_FIELDS_LIMIT = 16_384;
/** Characters of the stack text that says where a plugin asked for something. */
export const ACCESS_SITE_LIMIT = 8192;
/** Bytes that one result, event or other value may take as JSON. */
export const VALUE_LIMIT = 32 * 1024 * 1024;
/** Levels that one result, event or other value may nest. */
export const VALUE_DEPTH = 200;

/** What is left of the limit for saying how much was left out. */
const NOTE = 48;

/** What stands where the rest was left out; in a group of its own, so that a text can be split by it. */
export const CUT_NOTE = /(… \(\d+ more characters\))/;

/** Cuts a text to the limit and says how much was left out. What was cut once is not cut again. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = Math.max(0, limit - NOTE);
  return `${text.slice(0, kept)}… (${text.length - kept} more characters)`;
}
