import { check } from './check';

describe('exceptions', () => {
  it('runs the handler of what is surely raised', () => check(`
    try:
        raise ValueError('no')
        n = 'never'
    except TypeError:
        n = 'type'
    except (KeyError, ValueError) as error:
        n = 'value'
    n  # → "value"
  `));

  it('runs else where nothing is raised, and finally always', () => check(`
    log = []
    try:
        log.append('body')
    except ValueError:
        log.append('handler')
    else:
        log.append('else')
    finally:
        log.append('finally')
    log  # → ["body", "else", "finally"]
  `));

  it('passes through functions and finally', () => check(`
    log = []
    def f():
        try:
            {}['missing']
        finally:
            log.append('cleaned')
    try:
        f()
    except LookupError:
        log.append('caught')
    log  # → ["cleaned", "caught"]
  `));

  it('catches its own exceptions by their base', () => check(`
    class Base(Exception):
        pass
    class Own(Base):
        def __init__(self, size):
            self.size = size
    try:
        raise Own(3)
    except Base as error:
        n = error.size
    n  # → 3
  `));

  it('does not report a fault that may be on purpose', () => check(`
    import torch
    try:
        torch.zeros(2, 3) @ torch.zeros(2, 3)
    except RuntimeError:
        pass
    torch.zeros(2, 3) @ torch.zeros(2, 3)  # error matmul-size-mismatch
  `));

  it('imports the other module where one is not there', () => check(`
    try:
        import not_there
    except ImportError:
        not_there = None
    not_there  # → None
  `));

  it('ends with the block of a manager that swallows', () => check(`
    class Swallow:
        def __enter__(self):
            return 'entered'
        def __exit__(self, kind, value, traceback):
            self.left = True
            return True
    manager = Swallow()
    with manager as name:
        raise ValueError
    name  # → "entered"
    manager.left  # → True
  `));

  it('leaves managers in reverse', () => check(`
    log = []
    class M:
        def __init__(self, name):
            self.name = name
        def __enter__(self):
            return self
        def __exit__(self, *args):
            log.append(self.name)
    with M('a') as a, M('b') as b:
        log.append(a.name + b.name)
    log  # → ["ab", "b", "a"]
  `));

  it('narrows by assert, and ends where one fails', () => check(`
    a = 1 if maybe else None
    assert a is not None
    a  # → 1
    def f():
        assert 1 > 2
        return 'never'
    try:
        f()
    except AssertionError:
        ended = True
    ended  # → True
  `));
});
