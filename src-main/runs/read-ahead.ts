/** Has the next item read while the current one is being worked on; never more than one ahead. */
export async function* readAhead<Item>(
  source: AsyncGenerator<Item, void, undefined>,
): AsyncGenerator<Item, void, undefined> {
  let next = startNext(source);
  try {
    for (;;) {
      const { done, value } = await next;
      if (done) return;
      next = startNext(source);
      yield value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return();
  }
}

function startNext<Item>(source: AsyncGenerator<Item, void, undefined>): Promise<IteratorResult<Item, void>> {
  const next = source.next();
  // Heard by whoever awaits it; until then it must not count as unhandled.
  next.catch(() => undefined);
  return next;
}
