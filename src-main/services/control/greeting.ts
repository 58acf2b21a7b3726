/** The first line of each side of a local connection, before the frames. */

/** Of another number neither side knows what the other means. */
const PROTOCOL = 'mcp-plugin-studio-control 1';

export const greetingOf = (token: string) => `${PROTOCOL} ${token}`;

/** Characters; a caller that says more has not come to greet. */
export const GREETING_LIMIT = 256;

export const ADMITTED = `${PROTOCOL} admitted`;
export const REFUSED = `${PROTOCOL} refused`;
