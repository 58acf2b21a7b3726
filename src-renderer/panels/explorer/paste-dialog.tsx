/** A sample from text: what it is called, which says its language, and the text. */
import { Textarea, TextInput } from '@mantine/core';
import { messageOf } from '@shared/errors';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog';
import { askWith } from '../../ui/dialogs';

/** @param take what it throws is said in the dialog, which stays open. */
export const askForPastedText = (take: (name: string, text: string) => Promise<void>): Promise<void> =>
  askWith<void>((answer) => <PasteDialog take={take} onClose={() => answer(undefined)} />);

interface PasteDialogProps {
  take(name: string, text: string): Promise<void>;
  onClose(): void;
}

function PasteDialog({ take, onClose }: PasteDialogProps) {
  const [name, setName] = useState('pasted.txt');
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  return (
    <Dialog
      title="Paste a sample"
      width={620}
      submitLabel="Add sample"
      canSubmit={name !== '' && text !== ''}
      onClose={onClose}
      onSubmit={() => take(name, text).then(onClose, (error: unknown) => setProblem(messageOf(error)))}
    >
      <TextInput
        label="Name"
        description="Its ending says the language, such as service.py."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        data-autofocus
        label="Text"
        mt="sm"
        rows={14}
        value={text}
        error={problem}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--font-mono)', fontSize: 'var(--size-mono)' } }}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Dialog>
  );
}
