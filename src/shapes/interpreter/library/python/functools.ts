/** The parts of functools that are classes. https://docs.python.org/3/library/functools.html */
export const functools = String.raw`
import functools

class singledispatch:
    def __init__(self, func):
        self.func = func
        self.registry = [(object, func)]

    def register(self, cls, func=None):
        if func is None:
            if isinstance(cls, type):
                return lambda f: self.register(cls, f)
            func = cls
            cls = list(func.__annotations__.values())[0]
        self.registry.append((cls, func))
        return func

    def _for(self, value):
        best = self.registry[0]
        for entry in self.registry[1:]:
            if isinstance(value, entry[0]) and issubclass(entry[0], best[0]):
                best = entry
        return best[1]

    def __call__(self, *args, **kwargs):
        return self._for(args[0])(*args, **kwargs)

class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)

    def register(self, cls, method=None):
        if method is None and not isinstance(cls, type):
            annotations = [value for name, value in cls.__annotations__.items() if name != 'return']
            return self.dispatcher.register(annotations[0], cls)
        return self.dispatcher.register(cls, method)

    def __get__(self, obj, cls=None):
        return lambda *args, **kwargs: self.dispatcher._for(args[0])(obj, *args, **kwargs)

class partialmethod:
    def __init__(self, func, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        return functools.partial(self.func, obj, *self.args, **self.keywords)
`;
