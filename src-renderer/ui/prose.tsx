/** Plain text for people in which `code` between backticks is set as code. Nothing else in it means anything. */
export const Prose = ({ text, className }: { readonly text: string; readonly className?: string | undefined }) => (
  <p className={className}>
    {text.split(/(`[^`\n]+`)/).map((part, place) =>
      place % 2 === 0 ? (
        part
      ) : (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
        <code key={place}>{part.slice(1, -1)}</code>
      ),
    )}
  </p>
);
