// Skips a test and says why: `npm test` lists every skip with its reason.

/** @param context mocha's `this`, of a test or a hook; @param reason shown in the summary of the run */
export function skip(context: Mocha.Context, reason: string): never {
  const runnable = context.runnable() as Mocha.Runnable & { skipReason?: string };
  // A hook that skips takes its whole suite with it.
  const owner = runnable.type === 'hook' && runnable.parent ? (runnable.parent as Mocha.Suite & { skipReason?: string }) : runnable;
  owner.skipReason = reason;
  context.skip();
}
