/** The examples that the studio brings. Opening one copies it to the person's own folder, so it may be changed. */
import { Radio } from '@mantine/core';
import type { Example } from '@shared/contracts';
import { messageOf } from '@shared/errors';
import { useState } from 'react';
import { Dialog } from '../../ui/dialog';
import { askWith } from '../../ui/dialogs';

/** @param take what it throws is said in the dialog, which stays open. */
export const askForExample = (examples: readonly Example[], take: (name: string) => Promise<void>): Promise<void> =>
  askWith<void>((answer) => <ExampleDialog examples={examples} take={take} onClose={() => answer(undefined)} />);

interface ExampleDialogProps {
  readonly examples: readonly Example[];
  take(name: string): Promise<void>;
  onClose(): void;
}

function ExampleDialog({ examples, take, onClose }: ExampleDialogProps) {
  const [chosen, setChosen] = useState(examples[0]?.name ?? '');
  const [problem, setProblem] = useState<string>();
  return (
    <Dialog
      title="Open an example"
      width={520}
      submitLabel="Open"
      canSubmit={chosen !== ''}
      onClose={onClose}
      onSubmit={() => take(chosen).then(onClose, (error: unknown) => setProblem(messageOf(error)))}
    >
      <Radio.Group
        aria-label="Example"
        description="It is copied to a folder of your own, where you may change it."
        value={chosen}
        error={problem}
        onChange={setChosen}
      >
        {examples.map(({ name, pluginType, description }) => (
          <Radio
            key={name}
            mt="sm"
            size="xs"
            value={name}
            label={`${name} · ${pluginType}`}
            description={description}
          />
        ))}
      </Radio.Group>
    </Dialog>
  );
}
