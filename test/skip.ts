// Skips a test and says why: `npm test` lists every skip with its reason.

/** @param context mocha's `this`, of a test or a hook; @param reason shown in the summary of the run */
export function skip(context: Mocha.Context, reason: string): never {
  // In a hook, `currentTest` or nothing is set and the whole suite is skipped; scripts/lib/reporter.cjs looks there too.
  const runnable = context.runnable();
  const owner = runnable instanceof Object && 'type' in runnable && runnable.type === 'hook' && runnable.parent ? runnable.parent : runnable;
  Object.assign(owner, { skipReason: reason });
  context.skip();
}
