/** Asks what becomes of changes that would be lost. */
import { Button } from '@mantine/core';
import { Dialog } from '../ui/dialog';
import { askWith } from '../ui/dialogs';

export type SaveAnswer = 'save' | 'discard' | 'cancel';

export const askToSave = (names: readonly string[]): Promise<SaveAnswer> =>
  askWith<SaveAnswer>((answer) => (
    <Dialog
      title={names.length === 1 ? `Save ${names[0]}?` : `Save ${names.length} files?`}
      submitLabel={names.length === 1 ? 'Save' : 'Save all'}
      onClose={() => answer('cancel')}
      onSubmit={() => answer('save')}
      extra={<Button onClick={() => answer('discard')}>Don’t save</Button>}
    >
      {names.length === 1
        ? 'Your changes are lost if you do not save them.'
        : `Changes in ${names.join(', ')} are lost if you do not save them.`}
    </Dialog>
  ));
