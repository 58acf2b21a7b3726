/** Takes a webhook's URL out of a text: whoever has it can write to the channel. */

const HIDDEN = 'the webhook';

export function hideUrl(text: string, url: string): string {
  const { href, pathname } = new URL(url);
  let hidden = text;
  for (const part of [url, href, `${pathname}`]) {
    // A path that says nothing, such as "/", is in every sentence with a date.
    if (part.length > 1) hidden = hidden.split(part).join(HIDDEN);
  }
  return hidden;
}
