/** Methods that write: through the heap, so that branches join, and soundly where a length or key is not known. */
import { check } from './check';

describe('methods that change their receiver', () => {
  it('changes lists', () => check(`
    x = [3, 1]
    x.append(2)
    x.extend((5, 4))
    x                              # [3, 1, 2, 5, 4]
    x.insert(0, 9)
    x.pop()                        # 4
    x.pop(0)                       # 9
    x.remove(1)
    x.sort()
    x                              # [2, 3, 5]
    x.reverse()
    x                              # [5, 3, 2]
    y = x.copy()
    x.clear()
    x                              # []
    y                              # [5, 3, 2]
    y.remove(7)                    # raises ValueError
  `));

  it('joins what branches do', () => check(`
    x = [1]
    d = {'a': 1}
    if c:
        x.append(2)
        d['b'] = 2
    else:
        x.append(3)
        d['b'] = 3
    x                              # list [1, 2 | 3]
    len(x)                         # 2
    d['b']                         # 2 | 3
    if c:
        x.append(4)
    len(x)                         # int
  `, { unknowns: ['c'] }));

  it('widens lists of unknown length', () => check(`
    x = [1] * H
    x.append(2)
    x                              # list of 1 | 2
    x.pop()                        # 1 | 2
    x.insert(0, 3)
    len(x)                         # int
    y = [1, 2]
    y.extend(range(H))
    len(y)                         # int
    y.sort()
    y.clear()
    y                              # []
  `, { symbols: ['H'] }));

  it('changes dicts', () => check(`
    from collections import OrderedDict, defaultdict, Counter
    d = {'a': 1, 'b': 2}
    d.update(c=3)
    d.update({'a': 4})
    d                              # {'a': 4, 'b': 2, 'c': 3}
    d.pop('b')                     # 2
    d.pop('b', None)               # None
    d.setdefault('a', 0)           # 4
    d.setdefault('z', 0)           # 0
    list(d.items())                # [('a', 4), ('c', 3), ('z', 0)]
    d.popitem()                    # ('z', 0)
    len(d)                         # 2
    d.pop('q')                     # raises KeyError
    o = OrderedDict(a=1, b=2)
    o.move_to_end('a')
    list(o)                        # ['b', 'a']
    g = defaultdict(list)
    g['x'].append(1)
    g['x']                         # [1]
    n = Counter('aab')
    n['q']                         # 0
  `));

  it('keeps dicts open where a key is not known', () => check(`
    d = {'a': 1}
    d.update([(str(H), 2)])
    d.get('a')                     # 1 | 2
    d.get('q')                     # 2 | None
    len(d)                         # int
    list(d.values())               # list of 1 | 2
    'a' in d                       # True
    'q' in d                       # bool
  `, { symbols: ['H'] }));

  it('changes sets and deques', () => check(`
    from collections import deque
    s = {1}
    s.add(2)
    s.add(1)
    len(s)                         # 2
    s.discard(7)
    s.remove(7)                    # raises KeyError
    s.update([5, 6])
    len(s)                         # 4
    q = deque([1, 2])
    q.appendleft(0)
    q.rotate(1)
    q                              # deque([2, 0, 1])
    q.popleft()                    # 2
  `));

  it('consumes iterators', () => check(`
    i = iter([1, 2])
    next(i)                        # 1
    next(i)                        # 2
    next(i, 'end')                 # 'end'
    next(i)                        # raises StopIteration
  `));
});
