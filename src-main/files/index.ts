export * from './change-error';
export * from './file-error';
export * from './read-text';
export * from './resolve-inside';
export * from './version-of';
export * from './watch-folder';
export * from './write-atomically';
