/** What posts and single files use without defining it: helpers of timm, layers of fairscale as one process has them, and `einsum`, which torch and einops have. */
export const source = String.raw`
import torch
import einops
from torch import nn

def einsum(*operands):
    return torch.einsum(*operands) if isinstance(operands[0], str) else einops.einsum(*operands)

def _ntuple(x, n):
    if isinstance(x, (tuple, list)):
        return tuple(x)
    return tuple([x] * n)

def to_1tuple(x):
    return _ntuple(x, 1)

def to_2tuple(x):
    return _ntuple(x, 2)

def to_3tuple(x):
    return _ntuple(x, 3)

def to_4tuple(x):
    return _ntuple(x, 4)

def to_ntuple(n):
    return lambda x: _ntuple(x, n)

def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0):
    return torch.nn.init.trunc_normal_(tensor, mean, std, a, b)

class DropPath(nn.Module):
    def __init__(self, drop_prob=0.0, scale_by_keep=True):
        super().__init__()
        self.drop_prob = drop_prob
        self.scale_by_keep = scale_by_keep

    def forward(self, x):
        if not self.training or self.drop_prob == 0.0:
            return x
        mask = torch.bernoulli(torch.full((x.shape[0],) + (1,) * (x.ndim - 1), 1 - self.drop_prob, dtype=x.dtype))
        return x * mask

class Mlp(nn.Module):
    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, drop=0.0):
        super().__init__()
        out_features = out_features or in_features
        hidden_features = hidden_features or in_features
        self.fc1 = nn.Linear(in_features, hidden_features)
        self.act = act_layer()
        self.fc2 = nn.Linear(hidden_features, out_features)
        self.drop = nn.Dropout(drop)

    def forward(self, x):
        x = self.drop(self.act(self.fc1(x)))
        return self.drop(self.fc2(x))

class ColumnParallelLinear(nn.Linear):
    def __init__(self, in_features, out_features, bias=True, gather_output=True, init_method=None, stride=1, keep_master_weight_for_test=False, **options):
        super().__init__(in_features, out_features, bias)

class RowParallelLinear(nn.Linear):
    def __init__(self, in_features, out_features, bias=True, input_is_parallel=False, init_method=None, stride=1, keep_master_weight_for_test=False, **options):
        super().__init__(in_features, out_features, bias)

class ParallelEmbedding(nn.Embedding):
    def __init__(self, num_embeddings, embedding_dim, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False, init_method=None, keep_master_weight_for_test=False):
        super().__init__(num_embeddings, embedding_dim, padding_idx)

class VocabParallelEmbedding(ParallelEmbedding):
    pass

def get_model_parallel_world_size():
    return 1

def get_model_parallel_rank():
    return 0
`;
