/**
 * Attention over several heads, in operations that have values of their own.
 * https://docs.pytorch.org/docs/stable/generated/torch.nn.MultiheadAttention.html
 */
export const functional = String.raw`
import math
import torch
import torch.nn.functional as F

def _additive(mask, dtype):
    # True keeps a position out.
    if mask is None or mask.dtype != torch.bool:
        return mask
    return torch.zeros(mask.shape, dtype=dtype).masked_fill(mask, -math.inf)

def _check_shapes(query, key, value, key_padding_mask, attn_mask, num_heads):
    dims = query.dim()
    if dims not in (2, 3):
        raise AssertionError(f'attention takes a query of 2 or 3 dims, and this one has {dims}')
    if key.dim() != dims or value.dim() != dims:
        raise AssertionError(f'query, key and value have the same number of dims, not {dims}, {key.dim()} and {value.dim()}')
    if key_padding_mask is not None and key_padding_mask.dim() != dims - 1:
        raise AssertionError(f'key_padding_mask has {dims - 1} dims where the query has {dims}, not {key_padding_mask.dim()}')
    if attn_mask is not None and attn_mask.dim() not in (2, 3):
        raise AssertionError(f'attn_mask has 2 or 3 dims, not {attn_mask.dim()}')

def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True, is_causal=False):
    _check_shapes(query, key, value, key_padding_mask, attn_mask, num_heads)
    if is_causal and attn_mask is None:
        raise RuntimeError('is_causal needs the attn_mask that it speaks of')
    batched = query.dim() == 3
    if not batched:
        query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        if key_padding_mask is not None:
            key_padding_mask = key_padding_mask.unsqueeze(0)
    tgt_len, bsz, embed_dim = query.shape
    if embed_dim != embed_dim_to_check:
        raise AssertionError(f'the query has embeddings of {embed_dim}, and the layer takes {embed_dim_to_check}')
    head_dim = embed_dim // num_heads
    if head_dim * num_heads != embed_dim:
        raise AssertionError(f'embed_dim {embed_dim} is not divisible by num_heads {num_heads}')
    if use_separate_proj_weight:
        if key.shape[:2] != value.shape[:2]:
            raise AssertionError(f'key {tuple(key.shape)} and value {tuple(value.shape)} differ in their first two sizes')
        weights = (q_proj_weight, k_proj_weight, v_proj_weight)
    else:
        if key.shape != value.shape:
            raise AssertionError(f'key {tuple(key.shape)} and value {tuple(value.shape)} differ in their shapes')
        weights = in_proj_weight.chunk(3)
    biases = (None, None, None) if in_proj_bias is None else in_proj_bias.chunk(3)
    q, k, v = [F.linear(each, weight, bias) for each, weight, bias in zip((query, key, value), weights, biases)]

    attn_mask = _additive(attn_mask, query.dtype)
    padding = _additive(key_padding_mask, query.dtype)
    if attn_mask is not None:
        expected = (tgt_len, key.shape[0]) if attn_mask.dim() == 2 else (bsz * num_heads, tgt_len, key.shape[0])
        if attn_mask.shape != expected:
            raise RuntimeError(f'attn_mask has the shape {tuple(attn_mask.shape)}, and should have {expected}')
    if padding is not None and tuple(padding.shape) != (bsz, key.shape[0]):
        raise AssertionError(f'key_padding_mask has the shape {tuple(padding.shape)}, and should have {(bsz, key.shape[0])}')
    if bias_k is not None and bias_v is not None:
        k = torch.cat([k, bias_k.repeat(1, bsz, 1)])
        v = torch.cat([v, bias_v.repeat(1, bsz, 1)])
    extra = k.shape[0] - key.shape[0] + (1 if add_zero_attn else 0)
    if extra > 0:
        attn_mask = None if attn_mask is None else F.pad(attn_mask, (0, extra))
        padding = None if padding is None else F.pad(padding, (0, extra))

    q = q.view(tgt_len, bsz, num_heads, head_dim).permute(1, 2, 0, 3)
    k = k.view(k.shape[0], bsz, num_heads, head_dim).permute(1, 2, 0, 3) if static_k is None else static_k.unflatten(0, (bsz, num_heads))
    v = v.view(v.shape[0], bsz, num_heads, head_dim).permute(1, 2, 0, 3) if static_v is None else static_v.unflatten(0, (bsz, num_heads))
    if add_zero_attn:
        zero = torch.zeros((bsz, num_heads, 1, head_dim), dtype=k.dtype)
        k = torch.cat([k, zero], dim=2)
        v = torch.cat([v, zero], dim=2)
    src_len = k.shape[2]

    scores = (q * (1.0 / math.sqrt(head_dim))) @ k.transpose(-2, -1)
    if attn_mask is not None:
        scores = scores + (attn_mask if attn_mask.dim() == 2 else attn_mask.view(bsz, num_heads, tgt_len, src_len))
    if padding is not None:
        scores = scores + padding.view(bsz, 1, 1, src_len)
    attention = F.softmax(scores, dim=-1)
    if training and dropout_p > 0.0:
        attention = F.dropout(attention, dropout_p)
    output = (attention @ v).permute(2, 0, 1, 3).reshape(tgt_len, bsz, embed_dim)
    output = F.linear(output, out_proj_weight, out_proj_bias)
    if not batched:
        output = output.squeeze(1)
    if not need_weights:
        return output, None
    if average_attn_weights:
        attention = attention.mean(dim=1)
    return output, attention if batched else attention.squeeze(0)
`;

export const source = String.raw`
import torch
import torch.nn.functional as F
from torch.nn import Module, NonDynamicallyQuantizableLinear, Parameter, init

class MultiheadAttention(Module):
    def __init__(self, embed_dim, num_heads, dropout=0.0, bias=True, add_bias_kv=False, add_zero_attn=False, kdim=None, vdim=None, batch_first=False, device=None, dtype=None):
        if embed_dim <= 0 or num_heads <= 0:
            raise ValueError(f'embed_dim and num_heads are positive, not {embed_dim} and {num_heads}')
        super().__init__()
        self.embed_dim = embed_dim
        self.kdim = embed_dim if kdim is None else kdim
        self.vdim = embed_dim if vdim is None else vdim
        self._qkv_same_embed_dim = self.kdim == embed_dim and self.vdim == embed_dim
        self.num_heads = num_heads
        self.dropout = dropout
        self.batch_first = batch_first
        self.head_dim = embed_dim // num_heads
        if self.head_dim * num_heads != embed_dim:
            raise AssertionError(f'embed_dim {embed_dim} is not divisible by num_heads {num_heads}')
        if self._qkv_same_embed_dim:
            self.in_proj_weight = Parameter(torch.empty((3 * embed_dim, embed_dim), dtype=dtype))
            for name in ('q_proj_weight', 'k_proj_weight', 'v_proj_weight'):
                self.register_parameter(name, None)
        else:
            self.q_proj_weight = Parameter(torch.empty((embed_dim, embed_dim), dtype=dtype))
            self.k_proj_weight = Parameter(torch.empty((embed_dim, self.kdim), dtype=dtype))
            self.v_proj_weight = Parameter(torch.empty((embed_dim, self.vdim), dtype=dtype))
            self.register_parameter('in_proj_weight', None)
        if bias:
            self.in_proj_bias = Parameter(torch.empty(3 * embed_dim, dtype=dtype))
        else:
            self.register_parameter('in_proj_bias', None)
        self.out_proj = NonDynamicallyQuantizableLinear(embed_dim, embed_dim, bias=bias, dtype=dtype)
        if add_bias_kv:
            self.bias_k = Parameter(torch.empty((1, 1, embed_dim), dtype=dtype))
            self.bias_v = Parameter(torch.empty((1, 1, embed_dim), dtype=dtype))
        else:
            self.bias_k = self.bias_v = None
        self.add_zero_attn = add_zero_attn
        self._reset_parameters()

    def _reset_parameters(self):
        if self._qkv_same_embed_dim:
            init.xavier_uniform_(self.in_proj_weight)
        else:
            init.xavier_uniform_(self.q_proj_weight)
            init.xavier_uniform_(self.k_proj_weight)
            init.xavier_uniform_(self.v_proj_weight)
        if self.in_proj_bias is not None:
            init.constant_(self.in_proj_bias, 0.0)
            init.constant_(self.out_proj.bias, 0.0)
        if self.bias_k is not None:
            init.xavier_normal_(self.bias_k)
            init.xavier_normal_(self.bias_v)

    def forward(self, query, key, value, key_padding_mask=None, need_weights=True, attn_mask=None, average_attn_weights=True, is_causal=False):
        turned = self.batch_first and query.dim() == 3
        if turned:
            query, key, value = query.transpose(1, 0), key.transpose(1, 0), value.transpose(1, 0)
        output, weights = F.multi_head_attention_forward(
            query, key, value, self.embed_dim, self.num_heads, self.in_proj_weight, self.in_proj_bias, self.bias_k, self.bias_v, self.add_zero_attn, self.dropout, self.out_proj.weight, self.out_proj.bias,
            training=self.training, key_padding_mask=key_padding_mask, need_weights=need_weights, attn_mask=attn_mask, use_separate_proj_weight=not self._qkv_same_embed_dim,
            q_proj_weight=self.q_proj_weight, k_proj_weight=self.k_proj_weight, v_proj_weight=self.v_proj_weight, average_attn_weights=average_attn_weights, is_causal=is_causal)
        return output.transpose(1, 0) if turned else output, weights
`;
