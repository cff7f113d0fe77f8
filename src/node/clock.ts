/** The clock of traces: processor time, so that what is cut short does not depend on what else the machine does. */

/** To ask for processor time costs far more than a look at the clock; in between at most so many milliseconds have passed. */
const RESOLUTION = 200;

/** Milliseconds that a thread of this process has computed. @param threads that share the process's time */
export function processorClock(threads = 1): () => number {
  let asked = -Infinity;
  let computed = 0;
  return () => {
    const now = performance.now();
    if (now - asked < RESOLUTION) return computed;
    asked = now;
    const { user, system } = process.cpuUsage();
    return (computed = (user + system) / 1000 / threads);
  };
}
