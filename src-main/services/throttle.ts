/** Calls at once, then at most once an interval while there is more to say; the last word is never lost. */
export function throttle(intervalMs: number, tell: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  const pass = () => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!again) return;
      again = false;
      tell();
      pass();
    }, intervalMs);
    timer.unref();
  };
  return () => {
    if (timer !== undefined) {
      again = true;
      return;
    }
    tell();
    pass();
  };
}
