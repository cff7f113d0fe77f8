/** What the benchmark's two sides, the command and the extension host, tell each other; through files. */
import type { EditedFile } from '../edits';

export interface Plan {
  /** Where the measurements go. */
  readonly report: string;
  readonly files: readonly EditedFile[];
  readonly edits: number;
  /** Edits before they count. */
  readonly warmUp: number;
  /** 0: not measured. */
  readonly idleSeconds: number;
}

/** What activation takes, by VS Code's own marks, in whole milliseconds. */
export interface Activation {
  /** The bundle's load: read, compiled and run. */
  readonly load: number;
  /** From the call of `activate()` until what it gave is there. */
  readonly call: number;
  /** From the request of another extension until its answer: with the state that VS Code fetches from its other processes, and whatever they are doing. */
  readonly request: number;
}

/** In milliseconds. */
export interface Measurements {
  readonly activation: Activation;
  /** From before a document is opened, with nothing loaded, to its first hover. */
  readonly firstHover: number;
  /** By file: each edit, from `applyEdit` to the hover that shows the new shape. */
  readonly edits: Readonly<Record<string, readonly number[]>>;
  /** The same of a provider that answers at once. */
  readonly answered: readonly number[];
  /** CPU time while nothing is done; null where it was not measured. */
  readonly idle: { readonly server: number; readonly host: number } | null;
}
