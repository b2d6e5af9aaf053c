export { importScripts } from './import-scripts.ts';
