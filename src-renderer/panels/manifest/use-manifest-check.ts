/** What the host's checks say of the text as it stands, a moment after the last change; an older answer never wins. */
import type { ManifestReport } from '@shared/contracts';
import { useEffect, useState } from 'react';
import { showDiagnostics } from '../../editor/diagnostics';
import { useMonaco } from '../../editor/monaco';
import { useClient, useStores } from '../../stores/context';

const PAUSE = 120;
const NOTHING: ManifestReport = { diagnostics: [] };

export function useManifestCheck(folder: string, uri: string, text: string | undefined): ManifestReport {
  const client = useClient();
  const { notices, problems } = useStores();
  const monaco = useMonaco();
  const [report, setReport] = useState<ManifestReport>(NOTHING);

  useEffect(() => {
    if (text === undefined) return;
    let stale = false;
    const timer = setTimeout(() => {
      client.manifest.check({ folder, text }).then((next) => {
        if (stale) return;
        setReport(next);
        problems.checked(uri, next.diagnostics);
      }, notices.report);
    }, PAUSE);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [client, notices, problems, folder, uri, text]);

  useEffect(() => {
    if (monaco !== undefined) showDiagnostics(monaco, uri, report.diagnostics);
  }, [monaco, uri, report]);

  return report;
}
