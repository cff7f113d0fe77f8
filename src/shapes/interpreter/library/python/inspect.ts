/** What functions and classes are made of: https://docs.python.org/3/library/inspect.html */
export const inspect = String.raw`
from inspect import _parameters

class _empty:
    pass

class Parameter:
    POSITIONAL_ONLY = 'positional-only'
    POSITIONAL_OR_KEYWORD = 'positional or keyword'
    VAR_POSITIONAL = 'variadic positional'
    KEYWORD_ONLY = 'keyword-only'
    VAR_KEYWORD = 'variadic keyword'
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation

class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    @property
    def args(self):
        return tuple(value for name, value in self.arguments.items() if self.signature.parameters[name].kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD))

    @property
    def kwargs(self):
        return {name: value for name, value in self.arguments.items() if self.signature.parameters[name].kind == Parameter.KEYWORD_ONLY}

    def apply_defaults(self):
        filled = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif parameter.default is not _empty:
                filled[name] = parameter.default
            elif parameter.kind == Parameter.VAR_POSITIONAL:
                filled[name] = ()
            elif parameter.kind == Parameter.VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {parameter.name: parameter for parameter in parameters or ()}
        self.return_annotation = return_annotation

    def replace(self, *, parameters=None, return_annotation=_empty):
        return Signature(list(self.parameters.values()) if parameters is None else parameters, return_annotation=return_annotation)

    def bind_partial(self, *args, **kwargs):
        arguments = {}
        rest = list(args)
        named = dict(kwargs)
        for name, parameter in self.parameters.items():
            if parameter.kind == Parameter.VAR_POSITIONAL:
                arguments[name] = tuple(rest)
                rest = []
            elif parameter.kind == Parameter.VAR_KEYWORD:
                arguments[name] = named
                named = {}
            elif rest and parameter.kind != Parameter.KEYWORD_ONLY:
                arguments[name] = rest.pop(0)
            elif name in named:
                arguments[name] = named.pop(name)
        return BoundArguments(self, arguments)

    def bind(self, *args, **kwargs):
        return self.bind_partial(*args, **kwargs)

class FullArgSpec:
    def __init__(self, parameters):
        named = [p for p in parameters if p.kind in (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)]
        self.args = [p.name for p in named]
        self.varargs = next((p.name for p in parameters if p.kind == Parameter.VAR_POSITIONAL), None)
        self.varkw = next((p.name for p in parameters if p.kind == Parameter.VAR_KEYWORD), None)
        self.defaults = tuple(p.default for p in named if p.default is not _empty) or None
        self.kwonlyargs = [p.name for p in parameters if p.kind == Parameter.KEYWORD_ONLY]

def unwrap(func, *, stop=None):
    while hasattr(func, '__wrapped__'):
        func = func.__wrapped__
    return func

def _read(callable, follow_wrapped):
    return [Parameter(name, kind, **given) for name, kind, given in _parameters(unwrap(callable) if follow_wrapped else callable)]

def signature(callable, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    return Signature(_read(callable, follow_wrapped))

def getfullargspec(func):
    return FullArgSpec(_read(func, False))

def getmro(cls):
    return cls.__mro__

def isabstract(object):
    return False

def isgeneratorfunction(obj):
    return False

def iscoroutinefunction(obj):
    return False

def getmodule(object):
    return None
`;
