/** Weights computed from other parameters: https://docs.pytorch.org/docs/stable/nn.html#parametrizations */
export const parametrize = String.raw`
from torch.nn import Module, ModuleDict, ModuleList, Parameter

class ParametrizationList(ModuleList):
    def __init__(self, modules, original, unsafe=False):
        super().__init__(modules)
        for parametrization in reversed(list(modules)):
            if hasattr(parametrization, 'right_inverse'):
                original = parametrization.right_inverse(original)
        self.is_tensor = not isinstance(original, (tuple, list))
        self.ntensors = 1 if self.is_tensor else len(original)
        if self.is_tensor:
            self.original = original if isinstance(original, Parameter) else Parameter(original)
        else:
            for i, each in enumerate(original):
                setattr(self, f'original{i}', each if isinstance(each, Parameter) else Parameter(each))

    def forward(self):
        originals = [self.original] if self.is_tensor else [getattr(self, f'original{i}') for i in range(self.ntensors)]
        value = self[0](*originals)
        for parametrization in list(self)[1:]:
            value = parametrization(value)
        return value

def _refresh(module, name):
    # The value is computed when the module runs; as an attribute it is no parameter of the module.
    value = module.parametrizations[name]()
    setattr(module, name, value.detach() if isinstance(value, Parameter) else value)

def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    if not hasattr(module, 'parametrizations'):
        module.parametrizations = ModuleDict()
    if tensor_name in module.parametrizations:
        module.parametrizations[tensor_name].append(parametrization)
    else:
        original = getattr(module, tensor_name)
        delattr(module, tensor_name)
        module.parametrizations[tensor_name] = ParametrizationList([parametrization], original, unsafe)
        module.register_forward_pre_hook(lambda module, args: _refresh(module, tensor_name))
    _refresh(module, tensor_name)
    return module

def is_parametrized(module, tensor_name=None):
    if not isinstance(getattr(module, 'parametrizations', None), ModuleDict):
        return False
    return tensor_name is None or tensor_name in module.parametrizations

def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    parametrized = module.parametrizations[tensor_name]
    value = parametrized() if leave_parametrized or not parametrized.is_tensor else parametrized.original
    del module.parametrizations[tensor_name]
    module._hooks = ()
    setattr(module, tensor_name, Parameter(value))
    return module
`;

export const parametrizations = String.raw`
import torch
import torch.nn.functional as F
from torch.nn import Module
from torch.nn.utils import _norm_except_dim, _power_iteration, _weight_matrix
from torch.nn.utils.parametrize import register_parametrization

class _WeightNorm(Module):
    def __init__(self, dim=0):
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g, weight_v):
        return weight_v * (weight_g / _norm_except_dim(weight_v, self.dim))

    def right_inverse(self, weight):
        return _norm_except_dim(weight, self.dim), weight

class _SpectralNorm(Module):
    def __init__(self, weight, n_power_iterations=1, dim=0, eps=1e-12):
        super().__init__()
        self.dim = dim
        self.eps = eps
        self.n_power_iterations = n_power_iterations
        if weight.dim() > 1:
            matrix = _weight_matrix(weight, dim)
            u = F.normalize(torch.randn(matrix.size(0), dtype=weight.dtype), dim=0, eps=eps)
            v = F.normalize(torch.randn(matrix.size(1), dtype=weight.dtype), dim=0, eps=eps)
            u, v = _power_iteration(matrix, u, v, 15, eps)
            self.register_buffer('_u', u)
            self.register_buffer('_v', v)

    def forward(self, weight):
        if weight.dim() == 1:
            return F.normalize(weight, dim=0, eps=self.eps)
        matrix = _weight_matrix(weight, self.dim)
        if self.training:
            u, v = _power_iteration(matrix, self._u, self._v, self.n_power_iterations, self.eps)
            self._u.copy_(u)
            self._v.copy_(v)
        return weight / torch.dot(self._u.clone(), torch.mv(matrix, self._v.clone()))

class _Orthogonal(Module):
    def __init__(self, orthogonal_map, use_trivialization=True):
        super().__init__()
        if orthogonal_map not in ('matrix_exp', 'cayley', 'householder'):
            raise ValueError(f'orthogonal_map is one of matrix_exp, cayley and householder, not {orthogonal_map}')
        self.orthogonal_map = orthogonal_map
        self.use_trivialization = use_trivialization
        self.register_buffer('base', None)

    def forward(self, X):
        wide = X.size(-2) < X.size(-1)
        if wide:
            X = X.mT
        n, k = X.size(-2), X.size(-1)
        if self.orthogonal_map == 'householder':
            A = X.tril(diagonal=-1)
            Q = torch.linalg.householder_product(A, 2 / (1 + (A * A).sum(dim=-2)))
            Q = Q * X.diagonal(dim1=-2, dim2=-1).int().unsqueeze(-2)
        else:
            A = X.tril()
            if n != k:
                A = torch.cat([A, A.new_zeros(*A.shape[:-1], n - k)], dim=-1)
            A = A - A.mH
            if self.orthogonal_map == 'matrix_exp':
                Q = torch.matrix_exp(A)
            else:
                one = torch.eye(n, dtype=A.dtype)
                Q = torch.linalg.solve(one - A / 2, one + A / 2)
            Q = Q[..., :k]
        if self.base is not None:
            Q = self.base @ Q
        return Q.mT if wide else Q

    def right_inverse(self, Q):
        if not self.use_trivialization:
            if self.orthogonal_map != 'householder':
                raise NotImplementedError('without use_trivialization, only householder can be assigned to')
            wide = Q.size(-2) < Q.size(-1)
            A = torch.geqrf(Q.mT if wide else Q)[0]
            return A.mT if wide else A
        # What is learned is how far the matrix is from this one.
        n = max(Q.size(-2), Q.size(-1))
        self.base = torch.linalg.qr(torch.randn(*Q.shape[:-2], n, n, dtype=Q.dtype))[0]
        return torch.zeros_like(Q)

def orthogonal(module, name='weight', orthogonal_map=None, *, use_trivialization=True):
    weight = getattr(module, name)
    if weight.dim() < 2:
        raise ValueError(f'orthogonal: only matrices can be orthogonal, but {name} has shape {tuple(weight.shape)}')
    if orthogonal_map is None:
        orthogonal_map = 'matrix_exp' if weight.size(-2) == weight.size(-1) or weight.is_complex() else 'householder'
    return register_parametrization(module, name, _Orthogonal(orthogonal_map, use_trivialization))

def weight_norm(module, name='weight', dim=0):
    return register_parametrization(module, name, _WeightNorm(dim))

def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    if dim is None:
        dim = 1 if 'ConvTranspose' in module.__class__.__name__ else 0
    return register_parametrization(module, name, _SpectralNorm(getattr(module, name), n_power_iterations, dim, eps))
`;
