/** What an evaluation gives: handles of values, which stay with the worker that computed them. */
import type { BackendName, OutputDescription } from './messages';

/** A value held by the worker. Invalid once that was restarted. */
export interface Handle {
  /** The process: each has another number. */
  readonly worker: number;
  readonly id: number;
}

export interface EvaluatedOutput extends OutputDescription { readonly handle: Handle }

export interface EvaluationResult {
  readonly outputs: readonly EvaluatedOutput[];
  readonly milliseconds: number;
  readonly backend: BackendName;
  /** Why no faster backend is in use; empty for the native one. */
  readonly notes: readonly string[];
}
