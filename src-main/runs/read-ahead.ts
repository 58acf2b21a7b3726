/**
 * Has the next item read while the current one is being worked on; never more than one ahead, and none beside one that
 * is large, so that two large ones are never held together.
 */
export async function* readAhead<Item>(
  source: AsyncGenerator<Item, void, undefined>,
  isLarge: (item: Item) => boolean,
): AsyncGenerator<Item, void, undefined> {
  let next: Promise<IteratorResult<Item, void>> | undefined;
  try {
    for (;;) {
      const { done, value } = await (next ?? source.next());
      if (done) return;
      next = isLarge(value) ? undefined : startNext(source);
      yield value;
    }
  } finally {
    await next?.catch(() => undefined);
    await source.return();
  }
}

function startNext<Item>(source: AsyncGenerator<Item, void, undefined>): Promise<IteratorResult<Item, void>> {
  const next = source.next();
  // Heard by whoever awaits it; until then it must not count as unhandled.
  next.catch(() => undefined);
  return next;
}
