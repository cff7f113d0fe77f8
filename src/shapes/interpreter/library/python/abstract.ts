/**
 * What the abstract base classes of containers give to classes that derive from them:
 * https://docs.python.org/3/library/collections.abc.html
 */
export const abstract = String.raw`
class _Abstract:
    pass

class _Mapping:
    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return key in list(iter(self))

    def keys(self):
        return [key for key in self]

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

class _MutableMapping(_Mapping):
    _missing = object()

    def pop(self, key, default=_missing):
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default is self._missing:
            raise KeyError(key)
        return default

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, other=(), **keywords):
        pairs = other.items() if hasattr(other, 'items') else other
        for key, value in pairs:
            self[key] = value
        for key, value in keywords.items():
            self[key] = value

    def clear(self):
        for key in list(self):
            del self[key]

class _Sequence:
    def __iter__(self):
        return iter([self[i] for i in range(len(self))])

    def __contains__(self, value):
        return value in list(iter(self))

    def index(self, value):
        return list(iter(self)).index(value)

    def count(self, value):
        return list(iter(self)).count(value)

class _MutableSequence(_Sequence):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in values:
            self.append(value)
`;
