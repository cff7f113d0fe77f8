/** Why an evaluation did not give a value: a code for programs, a sentence for people. */
export type EvaluationCode =
  | 'unsupported-op' | 'unsupported-dtype' | 'unsupported-argument' | 'beyond-2^53' | 'needs-value' | 'over-memory-limit' | 'out-of-memory' | 'index-out-of-range'
  | 'invalid-argument' | 'cancelled' | 'timed-out' | 'worker-died' | 'stale-handle' | 'bad-request' | 'backend-unavailable' | 'internal';

export class EvaluationError extends Error {
  constructor(
    readonly code: EvaluationCode,
    message: string,
    /** The graph node at fault, where it is one. */
    readonly node: number | null = null,
  ) {
    super(message);
    this.name = 'EvaluationError';
  }
}
