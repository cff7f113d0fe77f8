/**
 * einx's operations on named axes, by einops: https://einx.readthedocs.io. The package compiles each of them at run
 * time, so its source tells nothing. Brackets mark the axes that an operation works along.
 */
export const einx = String.raw`
import torch
from einops import einsum, reduce
from einops import rearrange as _rearrange

def _untraced():
    # What torch does not have is unknown, with the name as the reason.
    return torch.einx_with_this_pattern

def _is_plain(description, options):
    """Whether einops can say it: no brackets within brackets, no named ellipsis, no axis twice, no length, and no code wanted."""
    if 'graph' in options or ')...' in description or ']...' in description or [part for part in description.split('(')[1:] if ')' not in part]:
        return False
    for side in description.replace('->', ',').split(','):
        names = [name for name in _names(side) if name != '1' and name != '...']
        if len(set(names)) < len(names) or [name for name in names if '.' in name or name.isdigit()]:
            return False
    return True

def _names(pattern):
    return pattern.replace('(', ' ').replace(')', ' ').replace('[', ' ').replace(']', ' ').split()

def _marked(pattern):
    return [name for part in pattern.split('[')[1:] for name in _names(part.split(']')[0])]

def _longest(lists):
    longest = lists[0]
    for each in lists:
        if len(each) > len(longest):
            longest = each
    return longest

def _of(sizes, names):
    return {name: size for name, size in sizes.items() if name in names}

def _aligned(tensor, pattern, output, sizes, last=''):
    names = _names(pattern)
    order = []
    for name in output:
        if name in names:
            order.append(name)
        elif name == '...':
            order.extend(['1'] * sizes['...'])
        else:
            order.append('1')
    return _rearrange(tensor, pattern.strip() + ' -> ' + ' '.join(order) + last, **_of(sizes, names))

def _ellipsis(inputs, tensors):
    for pattern, tensor in zip(inputs, tensors):
        if '...' in pattern:
            return tensor.ndim - len(pattern.replace('...', '').split())
    return 0

def _elementwise(operation):
    def apply(description, *tensors, **sizes):
        given, arrow, wanted = description.partition('->')
        inputs = given.split(',')
        output = _names(wanted) if arrow else _longest([_names(pattern) for pattern in inputs])
        known = [name for pattern in inputs for name in _names(pattern)]
        if not _is_plain(description, sizes) or '[' in description or [name for name in output if name not in known and name != '1']:
            return _untraced()
        sizes['...'] = _ellipsis(inputs, tensors)
        result = operation(*[_aligned(tensor, pattern, output, sizes) if _names(pattern) else tensor for pattern, tensor in zip(inputs, tensors)])
        return _rearrange(result, ' '.join(output) + ' -> ' + wanted.strip()) if '(' in wanted else result
    return apply

def _left_fold(operation):
    def apply(first, *rest):
        for other in rest:
            first = operation(first, other)
        return first
    return _elementwise(apply)

add = _left_fold(lambda a, b: a + b)
multiply = _left_fold(lambda a, b: a * b)
logical_and = _left_fold(lambda a, b: a & b)
logical_or = _left_fold(lambda a, b: a | b)
maximum = _left_fold(torch.maximum)
minimum = _left_fold(torch.minimum)
subtract = _elementwise(lambda a, b: a - b)
divide = _elementwise(lambda a, b: a / b)
true_divide = _elementwise(lambda a, b: a / b)
floor_divide = _elementwise(lambda a, b: a // b)
less = _elementwise(lambda a, b: a < b)
less_equal = _elementwise(lambda a, b: a <= b)
greater = _elementwise(lambda a, b: a > b)
greater_equal = _elementwise(lambda a, b: a >= b)
equal = _elementwise(lambda a, b: a == b)
not_equal = _elementwise(lambda a, b: a != b)
where = _elementwise(torch.where)

def _reduction(name):
    def apply(description, tensor, keepdims=False, **sizes):
        given, arrow, wanted = description.partition('->')
        marked = _marked(given)
        if not _is_plain(description, sizes) or keepdims or '(' in given or (not arrow and not marked):
            return _untraced()
        kept = _names(wanted) if arrow else [axis for axis in _names(given) if axis not in marked]
        return reduce(tensor, ' '.join(_names(given)) + ' -> ' + ' '.join(kept), name)
    return apply

sum = _reduction('sum')
mean = _reduction('mean')
max = _reduction('max')
min = _reduction('min')
prod = _reduction('prod')

def _along(operation):
    def apply(description, tensor, **sizes):
        given, arrow, wanted = description.partition('->')
        names = _names(given)
        marked = _marked(given)
        if not _is_plain(description, sizes) or len(marked) != 1 or '(' in given or (arrow and _names(wanted) != names):
            return _untraced()
        at = names.index(marked[0])
        return operation(tensor, at if '...' not in names[:at] else at - len(names))
    return apply

softmax = _along(lambda tensor, dim: tensor.softmax(dim))
log_softmax = _along(lambda tensor, dim: tensor.log_softmax(dim))
flip = _along(lambda tensor, dim: tensor.flip(dim))

def rearrange(description, *tensors, **sizes):
    if len(tensors) != 1 or '[' in description or '+' in description or not _is_plain(description, sizes):
        return _untraced()
    if '->' not in description:
        return tensors[0]
    return _rearrange(tensors[0], description, **sizes)

id = rearrange

def dot(description, *tensors, **sizes):
    if '(' in description or '->' not in description or not _is_plain(description, sizes):
        return _untraced()
    return einsum(*tensors, description.replace('[', ' ').replace(']', ' '))

def get_at(description, tensor, index, **sizes):
    given, arrow, wanted = description.partition('->')
    inputs = given.split(',')
    marked = _marked(inputs[0])
    if not arrow or not _is_plain(description, sizes) or len(inputs) != 2 or len(marked) != 1 or '[' in inputs[1] or '(' in description or '...' in description or '_' in marked:
        return _untraced()
    output = _names(wanted)
    rows = _aligned(tensor, ' '.join(_names(inputs[0])), output, sizes, ' ' + marked[0])
    places = _aligned(index, inputs[1], output, sizes)
    shape = torch.broadcast_shapes(rows.shape[:-1], places.shape)
    return rows.expand(*shape, rows.shape[-1]).gather(-1, places.expand(shape).unsqueeze(-1)).squeeze(-1)
`;
