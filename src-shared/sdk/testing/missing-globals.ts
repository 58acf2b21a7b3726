/**
 * What the bundler gives the matchers' library in the place of globals that the sandbox does not have. It tells its own
 * extensions over an EventTarget that it was extended, and there is nobody to tell.
 */
export class Event {
  constructor(readonly type: string) {}
}

export class EventTarget {
  addEventListener(): void {}
  removeEventListener(): void {}
  dispatchEvent(): boolean {
    return true;
  }
}

/** For Error.captureStackTrace, which in a frozen realm takes an error's stack away. */
export const keepStack = (): void => undefined;
