/** Modules that are known by name: what they give, and the reason where they give nothing. */
import assert from 'node:assert/strict';
import { knownModule, moduleAttribute } from '../../../../src/shapes/interpreter/library/index';
import { check } from '../builtins/check';

describe('the standard library by name', () => {
  it('knows modules and submodules', () => {
    for (const name of ['math', 'os', 'os.path', 'collections.abc', 'numpy', 'numpy.random', 'typing_extensions']) assert.equal(knownModule(name), true, name);
    for (const name of ['torch', 'torch.nn', 'timm', 'mymodule', 'os.nothing', 'toString']) assert.equal(knownModule(name), false, name);
  });

  it('gives attributes of known modules only', () => {
    assert.equal(moduleAttribute('nowhere', 'x'), null);
    assert.equal(moduleAttribute('os', 'path'), null);
    assert.equal(moduleAttribute('math', 'sqrt')?.kind, 'builtin');
    assert.equal(moduleAttribute('enum', 'Enum')?.kind, 'class');
    assert.deepEqual(moduleAttribute('json', 'JSONEncoder'), { kind: 'unknown', reason: 'json.JSONEncoder has no rule', span: null });
    assert.equal(moduleAttribute('math', 'constructor')?.kind, 'unknown');
  });

  it('imports them', () => check(`
    import math, os, random, time, warnings, logging, sys, string, re, numbers
    import os.path as osp
    import numpy as np
    from math import sqrt, pi
    from typing import Optional, List, cast, TYPE_CHECKING
    from collections.abc import Iterable
    sqrt(9)                        # 3.0
    round(pi, 2)                   # 3.14
    osp.join('a', 'b')             # 'a/b'
    os.path.join('a', 'b')         # 'a/b'
    os.environ['HOME']             # unknown: the environment is not read
    random.random()                # float
    random.randint(1, 2)           # int
    random.choice([4, 4])          # 4
    time.time()                    # float
    warnings.warn('x')             # None
    logger = logging.getLogger(__name__)
    logger.info('x')               # None
    cast(int, 3)                   # 3
    TYPE_CHECKING                  # False
    isinstance([], Iterable)       # True
    isinstance(3, numbers.Number)  # True
    string.digits                  # '0123456789'
    re.sub('a', 'b', 'c')          # 'c'
    np.prod([2, 3])                # 6
    np.sqrt(16)                    # 4.0
    [float(x) for x in np.linspace(0, 1, 3)]  # [0.0, 0.5, 1.0]
    np.cumsum([1, 2, 3]).tolist()  # [1, 3, 6]
    [1, 2] + [3]                   # [1, 2, 3]
    np.array([1, 2]) + np.array([3, 4])  # ndarray instance
    x = input()                    # str
    open('f')                      # unknown: files are not read
    from tqdm import tqdm
    list(tqdm([1, 2]))             # [1, 2]
  `));

  it('enters context managers', () => check(`
    from contextlib import nullcontext
    import warnings
    with nullcontext(3) as x:
        y = x
    y                              # 3
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        z = 1
    z                              # 1
  `));

  it('raises and catches builtin exceptions', () => check(`
    def f(x):
        try:
            return int(x)
        except ValueError:
            return -1
    f('a')                         # -1
    f('7')                         # 7
    class Bad(RuntimeError):
        pass
    def g():
        try:
            raise Bad('no')
        except RuntimeError:
            return 'caught'
    g()                            # 'caught'
    {}['a']                        # raises KeyError
    1 // 0                         # raises ZeroDivisionError
  `));
});
