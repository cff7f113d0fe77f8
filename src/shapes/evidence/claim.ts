/** What an author says of a parameter beside the code: in its annotation, the docstring or a comment. */
import type { Dtype } from '../values/dtype';
import type { Span } from '../python/ast';
import type { ShapePhrase } from './shapes';

export interface ParameterClaim {
  /** As it is written there; null where only the type is said. */
  readonly shape: Pick<ShapePhrase, 'sizes' | 'form'> | null;
  /** null: not said. */
  readonly type: 'tensor' | 'int' | 'float' | 'tuple' | null;
  readonly dtype: Dtype | null;
  readonly from: 'annotation' | 'docstring' | 'comment';
  readonly span: Span;
}
