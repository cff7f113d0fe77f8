/** Heaps and sorted lists. */

/** https://docs.python.org/3/library/heapq.html: the list is kept sorted, which is a heap too; what comes off it is the same. */
export const heapq = String.raw`
def heapify(x):
    x.sort()

def heappush(heap, item):
    heap.append(item)
    heap.sort()

def heappop(heap):
    heap.sort()
    return heap.pop(0)

def heappushpop(heap, item):
    heappush(heap, item)
    return heappop(heap)

def heapreplace(heap, item):
    first = heappop(heap)
    heappush(heap, item)
    return first

def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:n]

def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:n]

def merge(*iterables, key=None, reverse=False):
    return iter(sorted([item for iterable in iterables for item in iterable], key=key, reverse=reverse))
`;

/** https://docs.python.org/3/library/bisect.html */
export const bisect = String.raw`
def _count(a, lo, hi, holds):
    return lo + sum([1 if holds(item) else 0 for item in a[lo:len(a) if hi is None else hi]])

def bisect_left(a, x, lo=0, hi=None, *, key=None):
    return _count(a, lo, hi, lambda item: (item if key is None else key(item)) < x)

def bisect_right(a, x, lo=0, hi=None, *, key=None):
    return _count(a, lo, hi, lambda item: (item if key is None else key(item)) <= x)

bisect = bisect_right

def insort_left(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_left(a, x if key is None else key(x), lo, hi, key=key), x)

def insort_right(a, x, lo=0, hi=None, *, key=None):
    a.insert(bisect_right(a, x if key is None else key(x), lo, hi, key=key), x)

insort = insort_right
`;

/** https://docs.python.org/3/library/collections.html#collections.ChainMap */
export const chainMap = String.raw`
from collections.abc import MutableMapping

class ChainMap(MutableMapping):
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def __iter__(self):
        return iter({key: True for mapping in reversed(self.maps) for key in mapping})

    def __len__(self):
        return len(list(iter(self)))

    def __contains__(self, key):
        return any([key in mapping for mapping in self.maps])

    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)

    @property
    def parents(self):
        return ChainMap(*self.maps[1:])
`;

/** https://docs.python.org/3/library/itertools.html, as far as what is taken depends on the items. */
export const itertools = String.raw`
def groupby(iterable, key=None):
    groups = []
    for item in iterable:
        own = item if key is None else key(item)
        if len(groups) > 0 and groups[-1][0] == own:
            groups[-1][1].append(item)
        else:
            groups.append((own, [item]))
    return iter([(own, iter(items)) for own, items in groups])

def compress(data, selectors):
    return iter([item for item, selected in zip(data, selectors) if selected])

def filterfalse(predicate, iterable):
    return iter([item for item in iterable if not (item if predicate is None else predicate(item))])

def batched(iterable, n, *, strict=False):
    items = list(iterable)
    return iter([tuple(items[i:i + n]) for i in range(0, len(items), n)])
`;
