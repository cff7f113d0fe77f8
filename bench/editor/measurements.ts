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

/** In milliseconds. */
export interface Measurements {
  /** From the request to activate until it is done: the bundle's load and `activate()`. */
  readonly activation: number;
  /** From before a document is opened, with nothing loaded, to its first hover. */
  readonly firstHover: number;
  /** By file: each edit, from `applyEdit` to the hover that shows the new shape. */
  readonly edits: Readonly<Record<string, readonly number[]>>;
  /** CPU time while nothing is done; null where it was not measured. */
  readonly idle: { readonly server: number; readonly host: number } | null;
}
