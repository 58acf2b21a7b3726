/** The text of an open document, kept up to date; undefined until it is open. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useClient, useStores } from '../../stores/context';

export interface OpenedText {
  readonly uri: string | undefined;
  readonly text: string | undefined;
  readonly error: unknown;
}

export function useDocumentText(folder: string, path: string): OpenedText {
  const { documents } = useStores();
  const [uri, setUri] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [attempt, setAttempt] = useState(0);
  const { connection } = useClient();

  // What could not be opened while the host was away can be opened once it is back.
  useEffect(() => connection.onDidReconnect.on(() => setAttempt((count) => count + 1)), [connection]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt opens it again
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
  }, [documents, folder, path, attempt]);

  const subscribe = useCallback((listener: () => void) => documents.onDidChangeText(listener), [documents]);
  const text = useSyncExternalStore(subscribe, () => (uri === undefined ? undefined : documents.text(uri)));
  return { uri, text, error };
}
