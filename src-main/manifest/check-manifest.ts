/**
 * Runs every check over plugin.json, as it is on the disk or as an editor holds it. Whatever the text, the answer is a
 * list of diagnostics in the order of the text; only a failure of the studio itself is thrown.
 */
import type { Diagnostic, ManifestReport } from '@shared/contracts';
import { isStudioError, type StudioError } from '@shared/errors';
import { ManifestSchema } from '@shared/schemas';
import { compileJsonSchema, moreProblems } from '../config';
import { readText, refuseIfGone, resolveInside } from '../files';
import { type ContentCheck, type Finding, isObject, type ManifestSubject, type TextCheck } from './check';
import { CONTENT_CHECKS, TEXT_CHECKS } from './checks';
import { resolveEntryPoint } from './entry/resolve-entry-point';
import { createManifestDocument, MANIFEST_FILE, type ManifestDocument } from './manifest-document';

const LARGEST_BYTES = 256 * 1024;
const MOST_DIAGNOSTICS = 200;

const contract = compileJsonSchema({ ...ManifestSchema });

/** @param text what to check instead of the file, such as the unsaved text of an editor. */
export async function checkManifest(folder: string, text?: string): Promise<ManifestReport> {
  const read = text === undefined ? await readManifestText(folder) : text;
  if (typeof read !== 'string') return { diagnostics: [unreadable(read)] };
  if (Buffer.byteLength(read) > LARGEST_BYTES) return { diagnostics: [atStart('manifest/too-large', tooLarge(read))] };
  const document = createManifestDocument(read);
  const found = TEXT_CHECKS.flatMap((check) => diagnose(document, check, check.find(document)));
  if (document.value === undefined) return { diagnostics: ordered(found) };

  const subject = await createSubject(folder, document, document.value);
  const inContent = await Promise.all(
    CONTENT_CHECKS.map(async (check) => diagnose(document, check, await check.find(subject))),
  );
  return {
    diagnostics: ordered([...found, ...inContent.flat()]),
    document: document.value,
    ...(subject.entry.kind === 'found' ? { entry: subject.entry.entry } : {}),
  };
}

async function createSubject(
  folder: string,
  document: ManifestDocument,
  manifest: Record<string, unknown>,
): Promise<ManifestSubject> {
  return {
    folder,
    document,
    manifest,
    violations: contract.ok ? contract.check(manifest) : contract.faults,
    entry: await resolveEntryPoint(folder, manifest.entry_point),
    configSchema: isObject(manifest.config_schema) ? compileJsonSchema(manifest.config_schema) : undefined,
  };
}

const diagnose = (document: ManifestDocument, { code, severity }: TextCheck | ContentCheck, found: Finding[]) =>
  found.map(({ message, pointer, span, fixes }): Diagnostic => {
    const place = span ?? document.nearest(pointer ?? '') ?? { offset: 0, length: 0 };
    return {
      source: 'manifest',
      file: MANIFEST_FILE,
      range: document.rangeOf(place),
      severity,
      code,
      message,
      ...(pointer === undefined ? {} : { pointer }),
      ...(fixes === undefined || fixes.length === 0 ? {} : { fixes: [...fixes] }),
    };
  });

function ordered(diagnostics: Diagnostic[]): Diagnostic[] {
  const inOrder = diagnostics.sort(
    ({ range: left }, { range: right }) => left.startLine - right.startLine || left.startColumn - right.startColumn,
  );
  if (inOrder.length <= MOST_DIAGNOSTICS) return inOrder;
  const errorsFirst = inOrder.sort(
    (left, right) => Number(right.severity === 'error') - Number(left.severity === 'error'),
  );
  const more = `${moreProblems(inOrder.length - MOST_DIAGNOSTICS)} Mend these first.`;
  return [...errorsFirst.slice(0, MOST_DIAGNOSTICS), atStart('manifest/more', more)];
}

async function readManifestText(folder: string): Promise<string | StudioError> {
  try {
    await refuseIfGone(folder);
    return (await readText(await resolveInside(folder, MANIFEST_FILE), LARGEST_BYTES)).text;
  } catch (error) {
    if (isStudioError(error)) return error;
    throw error;
  }
}

function unreadable({ code, message }: StudioError): Diagnostic {
  if (code === 'workspace/not-found') {
    return atStart('manifest/missing', 'This folder has no plugin.json. Create one, or open the folder that holds it.');
  }
  if (code === 'workspace/folder-gone') return atStart(code, message);
  if (code === 'workspace/too-large') return atStart('manifest/too-large', `${message} Make plugin.json smaller.`);
  return atStart('manifest/unreadable', `plugin.json cannot be read. ${message}`);
}

const tooLarge = (text: string) =>
  `plugin.json has ${Math.ceil(Buffer.byteLength(text) / 1024)} KB; the studio reads up to ${LARGEST_BYTES / 1024} KB. Make it smaller.`;

const atStart = (code: string, message: string): Diagnostic => ({
  source: 'manifest',
  file: MANIFEST_FILE,
  range: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  severity: 'error',
  code,
  message,
});
