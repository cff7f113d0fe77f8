/** What stands around models and changes no shape. */
import { check } from '../../interpreter/check';

describe('the surroundings of models', () => {
  it('leave shapes as they are', () => check(`
    import torch
    import torch.nn as nn
    import torch.nn.functional as F
    from torch.nn.attention import SDPBackend, sdpa_kernel
    torch.random.manual_seed(0)
    q = torch.rand(2, 4, 6, 8)
    with sdpa_kernel(SDPBackend.MATH), torch.random.fork_rng():
        out = F.scaled_dot_product_attention(q, q, q)
    out  # → (2, 4, 6, 8) float32
    torch.testing.assert_close(out, out)
    torch.onnx.is_in_onnx_export()      # → False
    torch.version.cuda                  # → None
    torch.cuda.max_memory_allocated()   # → 0
    nn.init.constant(torch.empty(3), 0.5)  # → (3,) float32
  `));

  it('do not take a class of a file for a file', () => check(`
    import torch
    torch.distributions.NoSuchThing  # → unknown
  `));
});
