/** Runs asynchronous work one after another, in the order of asking; one that fails keeps none from running. */
interface Serial {
  run<Result>(work: () => Promise<Result> | Result): Promise<Result>;
}

export function createSerial(): Serial {
  let last: Promise<unknown> = Promise.resolve();
  return {
    run(work) {
      const result = last.then(work, work);
      last = result;
      return result;
    },
  };
}
