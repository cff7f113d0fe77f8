/** What a branch wrote, while it is taken back. */

/** A map of names, or an object whose fields are written. */
export type Target = Map<string, unknown> | Record<string, unknown>;

/** Writes of one branch: what each place held at its end. `undefined`: deleted. */
export interface Changes {
  readonly mark: number;
  readonly writes: Map<Target, Map<string, unknown>>;
}
