/**
 * Puts the SDK's types and the contract's schemas beside the window: from the build into its folder, and from the
 * development server while one works on it. `files.json` lists what there is, so that the window asks for nothing that
 * is not there.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

interface Folder {
  /** Where the window finds it, such as `schemas`. */
  readonly at: string;
  readonly from: string;
  readonly extension: string;
}

function filesOf({ from, extension }: Folder): string[] {
  if (!existsSync(from)) return [];
  return readdirSync(from, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(extension))
    .sort();
}

/** @param resources the folder that holds schemas/ and sdk/types/. */
export function windowResources(resources: string): Plugin {
  const folders: readonly Folder[] = [
    { at: 'sdk-types', from: join(resources, 'sdk', 'types'), extension: '.d.ts' },
    { at: 'schemas', from: join(resources, 'schemas'), extension: '.json' },
  ];

  const contentAt = (url: string): { type: string; content: string } | undefined => {
    const folder = folders.find(({ at }) => url.startsWith(`/${at}/`));
    if (folder === undefined) return undefined;
    const name = url.slice(folder.at.length + 2);
    const names = filesOf(folder);
    if (name === 'files.json') return { type: 'application/json', content: JSON.stringify(names) };
    if (!names.includes(name)) return undefined;
    const type = name.endsWith('.json') ? 'application/json' : 'text/plain; charset=utf-8';
    return { type, content: readFileSync(join(folder.from, name), 'utf8') };
  };

  return {
    name: 'window-resources',
    generateBundle() {
      for (const folder of folders) {
        for (const name of ['files.json', ...filesOf(folder)]) {
          const url = `/${folder.at}/${name}`;
          this.emitFile({ type: 'asset', fileName: url.slice(1), source: contentAt(url)?.content ?? '' });
        }
      }
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        const found = contentAt((request.url ?? '').split('?')[0] ?? '');
        if (found === undefined) return next();
        response.setHeader('Content-Type', found.type);
        response.end(found.content);
      });
    },
  };
}
