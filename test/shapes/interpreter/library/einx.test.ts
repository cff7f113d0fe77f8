/** einx by name. The shapes are those of einx itself. */
import { check } from '../check';

describe('einx', () => {
  it('works element by element over named axes', () => check(`
    import torch
    import einx
    x = torch.randn(2, 3, 5)
    einx.subtract('j, i -> i j', torch.arange(4), torch.arange(3))    # → (3, 4) int64
    einx.subtract('j, i -> 1 i j', torch.arange(4), torch.arange(3))  # → (1, 3, 4) int64
    einx.where('b i, b i d, ', torch.ones(2, 3, dtype=torch.bool), x, 0.)  # → (2, 3, 5) float32
    einx.multiply('b i d, b -> b i d', x, torch.randn(2))  # → (2, 3, 5) float32
    einx.multiply('b n, b', torch.randn(2, 4), torch.randn(2))  # → (2, 4) float32
    einx.subtract('... j, ... i -> ... i j', torch.randn(2, 6, 4), torch.randn(2, 6, 3))  # → (2, 6, 3, 4) float32
    einx.less('j, i -> i j', torch.arange(4), torch.arange(3))  # → (3, 4) bool
    einx.add('(b p) d, p d -> b p d', torch.randn(6, 5), torch.randn(3, 5), p=3)  # → (2, 3, 5) float32
    einx.add('b i, b j -> b (i j)', torch.randn(2, 3), torch.randn(2, 4))  # → (2, 12) float32
  `));

  it('works along the axes in brackets', () => check(`
    import torch
    import einx
    x = torch.randn(2, 3, 5)
    einx.sum('... c -> ...', x)     # → (2, 3) float32
    einx.mean('b [i] d', x)         # → (2, 5) float32
    einx.softmax('b [i] d', x)      # → (2, 3, 5) float32
    einx.dot('a [b], [b] c -> a c', torch.randn(2, 3), torch.randn(3, 4))  # → (2, 4) float32
    einx.get_at('b n [l], b n -> b n', torch.randn(2, 3, 7), torch.zeros(2, 3, dtype=torch.long))  # → (2, 3) float32
    einx.get_at('[c] d, b n -> b n d', torch.randn(9, 5), torch.zeros(2, 3, dtype=torch.long))     # → (2, 3, 5) float32
    einx.get_at('b [n] d, b k -> b k d', torch.randn(2, 7, 5), torch.zeros(2, 3, dtype=torch.long))  # → (2, 3, 5) float32
    einx.sort('b [i] d', x)         # → unknown
    einx.get_at('[h w] c, p [2] -> p c', torch.randn(4, 4, 3), torch.zeros(5, 2, dtype=torch.long))  # → unknown
  `));

  it('says nothing of what einops has no words for', () => check(`
    import torch
    import einx
    x = torch.randn(4, 4)
    einx.id('a b', x)                             # → (4, 4) float32
    einx.id('a b -> b a', x)                      # → (4, 4) float32
    einx.id('a a -> a', x)                        # → unknown
    einx.id('a b -> 3 a b 5', x)                  # → unknown
    einx.id('(a (b c)) d -> a b c d', x, a=2, b=2)  # → unknown
    einx.id('(a b) d -> a b d', x, a=2)           # → (2, 2, 4) float32
    einx.id('a b -> b a', x, graph=True)          # → unknown
    einx.dot('x... [a], y... [a] -> x... y...', x, x)  # → unknown
    einx.sum('b ([s])... -> b', x)                # → unknown
  `));
});
