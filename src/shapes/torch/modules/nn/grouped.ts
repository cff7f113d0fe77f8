/** Products of matrices in groups: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.grouped_mm.html */
export const source = String.raw`
import torch

def _group_of_each(size, offs):
    # Which group a row is of: as many offsets lie before it as there are groups before its own.
    passed = (torch.arange(size).unsqueeze(1) >= offs.unsqueeze(0)).sum(1)
    return passed.clamp(max=offs.shape[0] - 1)

def grouped_mm(mat_a, mat_b, *, offs=None, bias=None, out_dtype=None):
    if mat_b.ndim == 3 and mat_a.ndim == 3:
        result = torch.bmm(mat_a, mat_b)
    elif mat_b.ndim == 3:
        result = torch.bmm(mat_a.unsqueeze(1), mat_b[_group_of_each(mat_a.shape[0], offs)]).squeeze(1)
    elif mat_a.ndim == 3:
        result = torch.bmm(mat_a[_group_of_each(mat_b.shape[1], offs)], mat_b.t().unsqueeze(2)).squeeze(2).t()
    else:
        groups = _group_of_each(mat_b.shape[0], offs).unsqueeze(0) == torch.arange(offs.shape[0]).unsqueeze(1)
        result = torch.einsum('mk,gk,kn->gmn', mat_a, groups.to(mat_a.dtype), mat_b)
    return result if out_dtype is None else result.to(out_dtype)
`;
