/** esbuild, loaded when this is: as CommonJS, since nothing else can be loaded out of a packed studio's archive. */
export { context } from 'esbuild';
