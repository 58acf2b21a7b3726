/** The text of an open document, kept up to date; undefined until it is open. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useStores } from '../../stores/context';

export interface OpenedText {
  readonly uri: string | undefined;
  readonly text: string | undefined;
  readonly error: unknown;
}

export function useDocumentText(folder: string, path: string): OpenedText {
  const { documents } = useStores();
  const [uri, setUri] = useState<string>();
  const [error, setError] = useState<unknown>();

  useEffect(() => {
    let stale = false;
    setError(undefined);
    documents.open(folder, path).then(
      (document) => !stale && setUri(document.uri),
      (failure: unknown) => !stale && setError(failure),
    );
    return () => {
      stale = true;
    };
  }, [documents, folder, path]);

  const subscribe = useCallback((listener: () => void) => documents.onDidChangeText(listener), [documents]);
  const text = useSyncExternalStore(subscribe, () => (uri === undefined ? undefined : documents.text(uri)));
  return { uri, text, error };
}
