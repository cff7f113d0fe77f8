/**
 * How the server's process is started. A trace makes a few megabytes that are garbage after the next edit: in Node's own
 * young generation (16 MB, grown to from 1) every fifth edit or so waits for it to be cleared, in one of 64 MB hardly any.
 */
export const NODE_OPTIONS: readonly string[] = ['--max-semi-space-size=64', '--min-semi-space-size=32'];
