/**
 * The part of a query's rows that the window holds: pages around what is on the screen, the least recently shown let
 * go first. A row keeps its number for as long as the query is open, and rows only ever join at the end, so a page
 * that was short is completed, never read again from its start.
 */
export interface RowPagesOptions<Row> {
  readonly pageSize: number;
  readonly maxPages: number;
  /** `first` is the oldest row that is still there: the rows answered begin at start or at first, whichever is later. */
  load(start: number, end: number): Promise<{ readonly rows: readonly Row[]; readonly first?: number }>;
  /** Rows have arrived: draw again. */
  onChange(): void;
  onError(error: unknown): void;
}

export interface RowPages<Row> {
  rowAt(index: number): Row | undefined;
  /** Sees to it that rows first to last (inclusive) get here, as far as there are rows before `end`. */
  show(first: number, last: number, end: number): Promise<void>;
  /** What is on its way is no longer wanted. */
  close(): void;
}

interface Page<Row> {
  /** By place in the page, with holes for what was gone before it was read. */
  readonly rows: Row[];
  /** Number of the first row that was not asked for yet. */
  next: number;
  /** Reads of one page follow each other, so that none asks for what another is bringing. */
  lastRead: Promise<void>;
}

export function createRowPages<Row>(options: RowPagesOptions<Row>): RowPages<Row> {
  const { pageSize, maxPages } = options;
  // In order of use: the one shown last is at the end.
  const pages = new Map<number, Page<Row>>();
  let closed = false;

  const touch = (number: number): Page<Row> => {
    const page = pages.get(number) ?? { rows: [], next: number * pageSize, lastRead: Promise.resolve() };
    pages.delete(number);
    pages.set(number, page);
    for (const oldest of pages.keys()) {
      if (pages.size <= maxPages) break;
      pages.delete(oldest);
    }
    return page;
  };

  const complete = async (page: Page<Row>, end: number): Promise<void> => {
    const start = page.next;
    if (closed || start >= end) return;
    const { rows, first = 0 } = await options.load(start, end);
    if (closed) return;
    const from = Math.max(start, Math.min(first, end));
    for (const [place, row] of rows.entries()) page.rows[(from + place) % pageSize] = row;
    page.next = from + rows.length;
    if (rows.length > 0) options.onChange();
  };

  const ensure = (number: number, end: number): Promise<void> => {
    const page = touch(number);
    const pageEnd = Math.min((number + 1) * pageSize, end);
    page.lastRead = page.lastRead
      .then(() => complete(page, pageEnd))
      .catch((error: unknown) => {
        if (!closed) options.onError(error);
      });
    return page.lastRead;
  };

  return {
    rowAt: (index) => pages.get(Math.floor(index / pageSize))?.rows[index % pageSize],
    async show(first, last, end) {
      const until = Math.min(last, end - 1);
      const wanted: Promise<void>[] = [];
      for (let at = Math.floor(Math.max(0, first) / pageSize); at <= Math.floor(until / pageSize); at++) {
        wanted.push(ensure(at, end));
      }
      await Promise.all(wanted);
    },
    close() {
      closed = true;
      pages.clear();
    },
  };
}
