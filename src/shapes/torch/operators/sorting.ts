/** Sorting along a dim: https://docs.pytorch.org/docs/stable/torch.html#comparison-ops */
import type { OperationRow } from '../operation';
import type { Rule } from '../rule';
import { fresh, named } from '../common/results';
import { ONE, dimIndex, replaceDim } from '../common/shape';
import { show, showSize } from '../common/text';

const pairAlong = (op: string, size: 'same' | 'k' = 'same'): Rule => (args, context) => {
  const input = args.tensor('input');
  const dim = args.number('dim');
  const at = dimIndex(input.shape, dim, op, context);
  let { shape } = input;
  if (size === 'k') {
    const k = args.int('k');
    const own = shape.dims[at] ?? ONE;
    if (context.lessEqual(k, own) === false) context.fail('index-out-of-range', `${op}: k = ${showSize(k)} is more than the size ${showSize(own)} of dim ${dim} of ${show(input)}`);
    if (shape.dims.length > 0) shape = replaceDim(shape, at, k);
  }
  return named(`torch.return_types.${op}`, { values: fresh(shape, input.dtype), indices: fresh(shape, 'int64') });
};

const argsort: Rule = (args, context) => {
  const input = args.tensor('input');
  dimIndex(input.shape, args.number('dim'), 'argsort', context);
  return fresh(input.shape, 'int64');
};

const explain = 'works along a dim';
export const rows: readonly OperationRow[] = [
  { name: 'torch.cummax', signature: 'cummax(input, dim)', methods: ['cummax'], rule: pairAlong('cummax'), explain },
  { name: 'torch.cummin', signature: 'cummin(input, dim)', methods: ['cummin'], rule: pairAlong('cummin'), explain },
  { name: 'torch.sort', signature: ['sort(input, dim=-1, descending=False)', 'sort(input, *, stable, dim=-1, descending=False)'], methods: ['sort'], rule: pairAlong('sort'), explain: 'sorts along a dim' },
  { name: 'torch.argsort', signature: ['argsort(input, dim=-1, descending=False, stable=False)', 'argsort(input, *, stable, dim=-1, descending=False)'], methods: ['argsort'], rule: argsort, explain: 'gives the positions that sort a dim' },
  { name: 'torch.topk', signature: 'topk(input, k, dim=-1, largest=True, sorted=True)', methods: ['topk'], rule: pairAlong('topk', 'k'), explain: 'picks the k largest along a dim' },
];
