/** The clock of traces: processor time, so that what is cut short does not depend on what else the machine does. */

/** Milliseconds that a thread of this process has computed. @param threads that share the process's time */
export function processorClock(threads = 1): () => number {
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000 / threads;
  };
}
