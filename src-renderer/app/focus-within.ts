/**
 * Brings the focus into what a key has shown: into the text of an editor, or else into a list, a tree or a table. What
 * is still being drawn gets it when it is there, unless the person has gone elsewhere by then. There is one focus, so a
 * later wish takes the place of an earlier one.
 */

/** The best first; within a list it is the row that the Tab key would reach. */
const PREFERRED = [
  '.monaco-editor .native-edit-context, .monaco-editor textarea.inputarea',
  ':is([role="tree"], [role="listbox"], [role="grid"]) [tabindex="0"]',
  '[role="grid"][tabindex="0"]',
  '[data-first-focus] :is(input, textarea)',
];

const isShown = (element: HTMLElement) => element.getClientRects().length > 0;

function preferredIn(root: HTMLElement): HTMLElement | undefined {
  for (const selector of PREFERRED) {
    const found = [...root.querySelectorAll<HTMLElement>(selector)].find(isShown);
    if (found !== undefined) return found;
  }
  return undefined;
}

let giveUp = () => {};

/** @param rootOf may find it only later. */
export function focusWithin(rootOf: () => HTMLElement | null | undefined): void {
  giveUp();
  const stop = new AbortController();
  const listen = { capture: true, signal: stop.signal };
  const observer = new MutationObserver(() => move());
  giveUp = () => {
    stop.abort();
    observer.disconnect();
  };

  let target: HTMLElement | undefined;
  let arrived = false;
  const hasArrived = () => target?.isConnected === true && document.activeElement === target;

  const move = () => {
    if (hasArrived()) return;
    const root = rootOf();
    if (root === null || root === undefined || !isShown(root)) return;
    target = preferredIn(root);
    if (target !== undefined) {
      target.focus();
      arrived ||= hasArrived();
    } else if (!root.contains(document.activeElement)) {
      // Holds the focus until what should have it is drawn.
      if (root.tabIndex < 0) root.tabIndex = -1;
      root.focus();
    }
  };

  /** What lies around the place may take the focus as it is shown; what lies in it only once the focus was there. */
  const isElsewhere = (taker: EventTarget | null) => {
    const root = rootOf();
    if (!(taker instanceof Node) || root === null || root === undefined || !root.isConnected) return false;
    if (root !== taker && root.contains(taker)) return arrived && taker !== target;
    return !taker.contains(root);
  };

  window.addEventListener('pointerdown', giveUp, listen);
  // From the first key on it is the person who moves the focus.
  window.addEventListener('keydown', () => hasArrived() && giveUp(), listen);
  window.addEventListener('focusin', ({ target: taker }) => isElsewhere(taker) && giveUp(), listen);
  observer.observe(document.body, { childList: true, subtree: true, attributeFilter: ['hidden', 'style', 'class'] });
  move();
}
