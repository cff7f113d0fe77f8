/** Threads and context variables, as they are for the one thread that is traced. */

/** https://docs.python.org/3/library/contextvars.html */
export const contextvars = String.raw`
_MISSING = object()

class Token:
    MISSING = _MISSING

    def __init__(self, var, old_value):
        self.var = var
        self.old_value = old_value

class ContextVar:
    def __init__(self, name, *, default=_MISSING):
        self.name = name
        self._default = default
        self._value = _MISSING

    def get(self, default=_MISSING):
        if self._value is not _MISSING:
            return self._value
        if default is not _MISSING:
            return default
        if self._default is _MISSING:
            raise LookupError(self.name)
        return self._default

    def set(self, value):
        token = Token(self, self._value)
        self._value = value
        return token

    def reset(self, token):
        self._value = token.old_value
`;

/** https://docs.python.org/3/library/threading.html */
export const threading = String.raw`
class _Lock:
    def __enter__(self):
        return True

    def __exit__(self, *raised):
        return None

    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        return None

    def locked(self):
        return False

def Lock():
    return _Lock()

def RLock():
    return _Lock()

def Semaphore(value=1):
    return _Lock()

def Condition(lock=None):
    return _Lock()

class local:
    pass

class Thread:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.name = name
        self.daemon = daemon

    def start(self):
        return None

    def join(self, timeout=None):
        return None

_MAIN = Thread(name='MainThread')

def current_thread():
    return _MAIN

def main_thread():
    return _MAIN

class Event:
    def __init__(self):
        self._flag = False

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False
`;
