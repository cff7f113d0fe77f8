/**
 * What the list beside the viewer and the host of a tensor file say to each other. The values themselves go through the
 * viewer's own protocol (`protocol.ts`): both scripts share one page, and each leaves the other's messages alone.
 */

export interface ListedTensor {
  readonly id: string;
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly elements: number;
  readonly bytes: number;
  /** Why its values are not shown; null where they can be. */
  readonly unreadable: string | null;
  /** Another tensor that lies in the same memory. */
  readonly sharesWith: string | null;
}

export type ToFilePage =
  | {
    readonly type: 'tensorFile'; readonly name: string; readonly format: string; readonly bytes: number; readonly tensors: readonly ListedTensor[];
    /** What else the file says: `epoch` and `12`. */
    readonly facts: readonly (readonly [string, string])[];
  }
  /** The file cannot be read. */
  | { readonly type: 'tensorFileFault'; readonly name: string; readonly problem: string; readonly where: string | null; readonly advice: string | null };

export type FromFilePage =
  | { readonly type: 'listReady' }
  /** Shows these tensors, the last one first. */
  | { readonly type: 'choose'; readonly ids: readonly string[] }
  /** Offers the other editors for the file. */
  | { readonly type: 'reopenWith' };
