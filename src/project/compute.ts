/** What comparing with printed outputs asks of a backend. */
import type { Cone } from '../shapes/graph/graph';
import type { Bindings } from './evaluation';

export interface ComputedValue { readonly shape: readonly number[]; readonly values: ArrayLike<number> }

/** Runs a cone and reads its outputs in full. Rejects with what is wrong, for the user. */
export type Compute = (cone: Cone, bindings: Bindings) => Promise<readonly ComputedValue[]>;
