/** What rests on how many items a sequence has: two traces that differ in nothing else are compared. */
import { render } from '../../symint/render';
import type { SymbolInfo } from '../../symint/symbol';
import type { Layer, Seen } from '../state/recorder';
import type { Trial } from './trial';

/** Notes what the other trace saw that this one did not. */
export function noteOtherwise(trial: Trial, other: Trial): void {
  compare(trial.own, other.own);
  compare(trial.reached, other.reached);
}

function compare(layer: Layer, other: Layer): void {
  for (const [node, recording] of layer.recordings) {
    const seen = other.recordings.get(node)?.seen ?? [];
    const known = new Set(recording.seen.map(textOf));
    const more = seen.filter((each) => !known.has(textOf(each)));
    if (more.length > 0) recording.otherwise = more;
  }
}

/** The same for the same in both, though each trace makes symbols of its own. */
function textOf(seen: Seen): string {
  switch (seen.type) {
    case 'Tensor': {
      const { dims, rest } = seen.tensor.shape;
      return `(${dims.map((dim) => render(dim, nameOf)).join()})${rest ? `${rest.at} ${rest.name}` : ''}`;
    }
    case 'sequence': return `${seen.name}(${seen.items?.map(textOf).join() ?? '*'})`;
    case 'union': return seen.options.map(textOf).sort().join(' or ');
    case 'value': return seen.value.kind === 'int' && seen.value.value ? render(seen.value.value, nameOf) : seen.value.kind;
  }
}

/** By what it stands for and where it was made: one of a loop's rounds is like another. */
const nameOf = ({ name, origin, range }: SymbolInfo): string => `${name}<${origin}>${range?.start ?? ''}`;
