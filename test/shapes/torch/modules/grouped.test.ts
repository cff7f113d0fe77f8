/** Products of matrices in groups. The shapes are those of torch 2.13, which wants sizes that are multiples of four. */
import { check } from '../../interpreter/check';

describe('grouped_mm', () => {
  it('has the shapes of torch', () => check(`
    import torch
    import torch.nn.functional as F
    offs = torch.tensor([2, 5], dtype=torch.int32)
    F.grouped_mm(torch.randn(5, 8), torch.randn(2, 8, 16), offs=offs)  # → (5, 16) float32
    F.grouped_mm(torch.randn(2, 4, 8), torch.randn(2, 8, 16))          # → (2, 4, 16) float32
    ends = torch.tensor([4, 8], dtype=torch.int32)
    F.grouped_mm(torch.randn(2, 4, 8), torch.randn(8, 8), offs=ends)   # → (4, 8) float32
    F.grouped_mm(torch.randn(4, 8), torch.randn(8, 16), offs=ends)     # → (2, 4, 16) float32
  `));
});
