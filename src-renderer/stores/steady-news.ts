/**
 * News that may come faster than anybody can read it. The first of a burst passes at once; after it one passes each
 * pause, and that is the newest. What is urgent never waits, and nothing older passes after it.
 */
export interface SteadyNews<News> {
  hear(news: News): void;
  /** What waits under that key is out of date. */
  forget(key: string): void;
}

interface SteadyOptions<News> {
  readonly pauseMs: number;
  keyOf(news: News): string;
  /** Says more than that something goes on. */
  isUrgent(next: News, last: News): boolean;
  pass(news: News): void;
}

interface Pause<News> {
  last: News;
  waiting: News | undefined;
  timer: ReturnType<typeof setTimeout>;
}

export function createSteadyNews<News>({ pauseMs, keyOf, isUrgent, pass }: SteadyOptions<News>): SteadyNews<News> {
  const pauses = new Map<string, Pause<News>>();

  const passNow = (key: string, news: News) => {
    clearTimeout(pauses.get(key)?.timer);
    const timer = setTimeout(() => {
      const waiting = pauses.get(key)?.waiting;
      if (waiting === undefined) pauses.delete(key);
      else passNow(key, waiting);
    }, pauseMs);
    pauses.set(key, { last: news, waiting: undefined, timer });
    pass(news);
  };

  return {
    hear(news) {
      const key = keyOf(news);
      const pause = pauses.get(key);
      if (pause === undefined || isUrgent(news, pause.last)) passNow(key, news);
      else pause.waiting = news;
    },
    forget(key) {
      const pause = pauses.get(key);
      if (pause !== undefined) pause.waiting = undefined;
    },
  };
}
