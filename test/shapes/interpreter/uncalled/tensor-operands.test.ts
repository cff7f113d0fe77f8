/** Operands beside the first one that nothing gives a value: the operation says that they are tensors, and of some how many dims they have. */
import { check } from '../check';

describe('what an operation is given beside its first operand', () => {
  it('is a matrix, a vector or a kernel where the operation takes nothing else', () => check(`
    import torch
    import torch.nn.functional as F
    y = F.linear(x, w, b)  # → (*x_dims, w_0) of unknown dtype
    z = F.embedding(ids, table)  # → (*ids_dims, table_1) of unknown dtype
    k = F.conv2d(image, kernel, padding=1)  # → (image_0, kernel_0, image_2 + 3 - kernel_2, image_3 + 3 - kernel_3) of unknown dtype
    p = torch.bmm(one, other)  # → (one_0, one_1, other_2) of unknown dtype
    o = torch.outer(rows, columns)  # → (rows_0, columns_0) of unknown dtype
  `));

  it('is a tensor, of no known number of dims where the operation takes any', () => check(`
    import torch
    y = torch.gather(x, 1, index)  # → (*index_dims) of unknown dtype
    z = torch.bucketize(x, bounds)  # → (x_0, x_1, *x_dims) int64
    i = torch.index_select(x, 0, found)  # → (found_0, x_1, *x_dims) of unknown dtype
  `));

  it('is so in a function too', () => check(`
    import torch
    import torch.nn.functional as F
    def project(x, weight, scores, values):
        b, n, c = x.shape
        y = F.linear(x, weight)  # → (b, n, weight_0) of unknown dtype
        return torch.bmm(scores, values)  # → (scores_0, scores_1, values_2) of unknown dtype
  `));

  it('has a dim for each index that is unpacked', () => check(`
    import torch
    rows, columns = torch.where(mask)  # → ((n,) int64, (n,) int64)
    picked = mask.float()  # → (mask_0, mask_1) float32
    a, b, c = hits.nonzero(as_tuple=True)
    numbers = hits.float()  # → (hits_0, hits_1, hits_2) float32
  `));

  it('is an int where the operation takes one', () => check(`
    import torch
    y = torch.zeros(4, 5, 6).select(1, i)  # → (4, 6) float32
  `));
});
