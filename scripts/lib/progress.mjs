// @ts-check
// Progress lines: what is being done, that it still goes on, and how long it took.

/** A problem that is told to the user in its own words, without a stack trace. */
export class UserError extends Error {}

/** @param {number} start milliseconds, of `performance.now()` */
export const elapsed = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

/**
 * Runs `work` under a title; a long step says every 15 seconds that it goes on, so that silence always means trouble.
 * @template T
 * @param {string} title
 * @param {(note: (line: string) => void) => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = performance.now();
  say(`> ${title}`);
  let latest = '';
  const timer = setInterval(() => say(`  … ${title}: ${latest || 'still going'} (${elapsed(start)})`), 15_000);
  try {
    const result = await work((line) => {
      latest = line;
      say(`  ${line} (${elapsed(start)})`);
    });
    say(`  done: ${title} (${elapsed(start)})`);
    return result;
  } catch (error) {
    say(`  failed: ${title} (${elapsed(start)})`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
