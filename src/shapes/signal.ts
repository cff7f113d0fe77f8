/** What is thrown as part of the engine's work and always caught: its stack says nothing, and would cost more than the work. */

export class Signal extends Error {
  constructor(message?: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
