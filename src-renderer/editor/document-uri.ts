/** The address of a file of an opened plugin, as every model and tab knows it. */
const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/');

export function documentUri(folder: string, path: string): string {
  const whole = `${folder.replaceAll('\\', '/')}/${path}`;
  return `file://${encodePath(whole.startsWith('/') ? whole : `/${whole}`)}`;
}

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether `path` is `parent` or lies in it. */
export const isWithin = (parent: string, path: string): boolean =>
  parent === '' || path === parent || path.startsWith(`${parent}/`);
