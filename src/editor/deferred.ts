/** What activation leaves for later, as a bundle of its own (`dist/deferred.js`): reading its text alone takes longer than activation. */
export { start } from './start';
export type { Started } from './start';
export { TensorFileDocument, TensorFileEditor } from './tensorFileEditor';
