/** Turns the path in a finding into what SARIF wants: a relative URI with / and nothing that a URI must not hold. */
import type { SarifArtifactLocation } from './sarif-types';

export const SOURCE_ROOT = '%SRCROOT%';

/** @param prefix the folder that the path is relative to, itself relative to the source root; with / or empty. */
export function artifactLocation(path: string, prefix: string, hasRoot: boolean): SarifArtifactLocation {
  const slashed = path.replaceAll('\\', '/');
  if (/^[A-Za-z]:\//.test(slashed)) return { uri: `file:///${slashed.slice(0, 2)}${encodePath(slashed.slice(2))}` };
  if (slashed.startsWith('/')) return { uri: `file://${encodePath(slashed)}` };
  const uri = encodePath(prefix === '' ? slashed : `${prefix}/${slashed}`);
  return hasRoot ? { uri, uriBaseId: SOURCE_ROOT } : { uri };
}

/** Of a folder; ends with /, as a base must. */
export function folderUri(absolute: string): string {
  const { uri } = artifactLocation(absolute, '', false);
  return uri.endsWith('/') ? uri : `${uri}/`;
}

const encodePath = (path: string) =>
  path
    .split('/')
    .filter((part) => part !== '.')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\uFFFD')))
    .join('/');
