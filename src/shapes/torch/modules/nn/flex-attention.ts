/** https://docs.pytorch.org/docs/stable/nn.attention.flex_attention.html */
export const source = String.raw`
import torch
import torch.nn.functional as F

def flex_attention(query, key, value, score_mod=None, block_mask=None, scale=None, enable_gqa=False, return_lse=False, kernel_options=None):
    result = F.scaled_dot_product_attention(query, key, value, scale=scale, enable_gqa=enable_gqa)
    if score_mod is not None or block_mask is not None:
        result = torch._C._opaque_like(result, 'flex_attention calls functions of each score, which are not evaluated')
    if return_lse:
        return result, torch._C._opaque_like(result[..., 0], 'the logsumexp of flex_attention is not evaluated')
    return result
`;
