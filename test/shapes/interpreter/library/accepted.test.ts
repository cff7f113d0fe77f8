// Calls that run, of which not all is known: no fault is told of them.
import { check } from '../check';

describe('calls that are accepted', () => {
  it('make dtypes of NumPy of names, types and other dtypes', () => check(`
    import numpy as np
    import torch
    a = torch.from_numpy(np.zeros(3, dtype=np.dtype('float32')))      # → (3,) float32
    b = torch.from_numpy(np.ones((2, 3), dtype=np.dtype(np.int32)))  # → (2, 3) int32
    texts, records = np.dtype(str), np.dtype([('x', int)])
    name = np.dtype('int16').name  # → "int16"
  `));

  it('draw normal numbers, where what is given may be a tensor', () => check(`
    import torch
    a = torch.normal(0, maybe)           # → unknown
    b = torch.normal(maybe.mean, 1.0)    # → unknown
    c = torch.normal(0, 1.0, (2, 3))     # → (2, 3) float32
    d = torch.normal(torch.zeros(3), 1)  # → (3,) float32
    e = torch.normal(0, 1)               # error argument-mismatch
  `));
});
