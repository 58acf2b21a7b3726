/**
 * Monaco, fetched once and only when the first editor needs it, so that the window is there before its largest part.
 */
import { useEffect, useState } from 'react';
import type { Monaco } from './monaco-types';

let loading: Promise<Monaco> | undefined;

/** Rejects where the window's own files cannot be fetched; the next call tries again. */
export function loadMonaco(): Promise<Monaco> {
  loading ??= import('./setup-monaco').then(
    ({ setUpMonaco }) => setUpMonaco(),
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** Undefined until Monaco is there. A failure reaches the panel's error boundary. */
export function useMonaco(): Monaco | undefined {
  const [monaco, setMonaco] = useState<Monaco>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    let current = true;
    loadMonaco().then(
      (loaded) => current && setMonaco(() => loaded),
      (error: unknown) => current && setFailure(() => error),
    );
    return () => {
      current = false;
    };
  }, []);
  if (failure !== undefined) throw failure;
  return monaco;
}

/** As useMonaco, but fetched when the window has nothing better to do, so that the first editor need not wait. */
export function useMonacoWhenIdle(): Monaco | undefined {
  const [monaco, setMonaco] = useState<Monaco>();
  useEffect(() => {
    const handle = requestIdleCallback(() => {
      // Whoever needs it first says what is wrong.
      loadMonaco().then(
        (loaded) => setMonaco(() => loaded),
        () => undefined,
      );
    });
    return () => cancelIdleCallback(handle);
  }, []);
  return monaco;
}
