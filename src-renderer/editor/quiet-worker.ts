/**
 * A worker that is let go while its script is still being fetched says that it failed, with an event that tells nothing.
 * Nobody waits for it any more: what a worker says after it was let go is not heard.
 */
export function quietWhenLetGo(worker: Worker): Worker {
  let isLetGo = false;
  // The first listener there is, so that it stands before those that report.
  worker.addEventListener('error', (event) => {
    if (!isLetGo) return;
    event.stopImmediatePropagation();
    event.preventDefault();
  });
  const terminate = worker.terminate.bind(worker);
  worker.terminate = () => {
    isLetGo = true;
    terminate();
  };
  return worker;
}
