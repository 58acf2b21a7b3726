/** The two pages that are not the window: they say one thing, and need no file of its. */
const page = (head: string, title: string, text: string) => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="color-scheme" content="dark light">
<link rel="icon" href="data:,">
${head}<title>${title}</title>
<style>body { font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 15vh auto; padding: 0 1em }</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;

export const refusedPage = page(
  '',
  'This link does not open the studio',
  'A link works once, in one browser and for ten minutes; what it opened ends with the studio, or after a day without ' +
    'use. Press Enter in the terminal in which the studio runs to get another link, or start the studio again with ' +
    '<code>npm start -- --browser</code>.',
);

/**
 * Answers a good token. A redirect would still count as coming from the page that held the link, and the strict
 * cookie would stay behind; a page of ours that moves on does not have that trouble.
 */
export const welcomePage = page(
  '<meta http-equiv="refresh" content="0; url=/">\n',
  'Opening the studio',
  '<a href="/">Go on</a> if nothing happens.',
);
