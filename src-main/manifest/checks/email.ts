import { type ContentCheck, fixes, textOf } from '../check';
import { replaceValue } from '../edits';

const ADDRESS = /^[^\s@<>,;]+@[^\s@<>,;.]+(?:\.[^\s@<>,;.]+)+$/;

export const email: ContentCheck = {
  code: 'manifest/email',
  severity: 'warning',
  message: 'The email is one address.',
  find({ document, manifest }) {
    const given = textOf(manifest.email);
    if (given === undefined || given === '' || ADDRESS.test(given)) return [];
    const inside = given.split(/[\s<>,;]+/).find((word) => ADDRESS.test(word));
    return [
      {
        message: `"${given}" is no email address. Use one such as "name@example.org".`,
        pointer: '/email',
        fixes: fixes({
          title: `Use ${inside}`,
          edits: inside === undefined ? [] : replaceValue(document, '/email', inside),
        }),
      },
    ];
  },
};
