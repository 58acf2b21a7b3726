export * from './client';
export * from './emitter';
export * from './memory-port';
export * from './port';
export * from './server';
export * from './service';
export * from './wire-port';
