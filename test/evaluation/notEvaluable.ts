/** Operations without a recorded value, and why; those that draw random numbers are tested by their distributions (random.test.ts). */
const give = (reason: string, ...names: readonly string[]): Record<string, string> => Object.fromEntries(names.map((name) => [`torch.${name}`, reason]));

export const NOT_EVALUABLE: Readonly<Record<string, string>> = {
  ...give('gives no tensor', ...[
    'shape', 'dtype', 'ndim', 'device', 'is_cuda', 'is_cpu', 'requires_grad', 'is_leaf', 'layout', 'grad', 'grad_fn', 'itemsize', 'nbytes', 'names', 'size', 'stride', 'dim', 'ndimension', 'numel', 'nelement',
    'element_size', 'storage_offset', 'item', 'tolist', '__len__', 'is_contiguous', 'is_floating_point', 'is_complex', 'is_signed', 'get_device', 'data_ptr', 'equal', 'allclose', 'is_same_size', 'is_nonzero',
    'retain_grad', 'backward', 'zero_grad', 'is_conj', 'is_neg', 'is_inference', 'is_distributed', 'is_shared', 'is_pinned', 'is_set_to',
  ].map((name) => `Tensor.${name}`), 'broadcast_shapes', 'result_type', 'promote_types', 'typename', 'seed', 'initial_seed', 'nn.init.calculate_gain'),
  ...give('its memory is not initialized', 'empty_like', 'Tensor.new_empty', 'empty_strided', 'Tensor.new_empty_strided', 'empty_permuted'),
  ...give('its size depends on values: recorded in decided.json', 'argwhere'),
  ...give('which elements a sparse tensor stores is not evaluated', ...['indices', 'values', 'crow_indices', 'col_indices', 'ccol_indices', 'row_indices', 'sparse_mask'].map((name) => `Tensor.${name}`)),
  ...give('gives no tensor', ...['_nnz', 'sparse_dim', 'dense_dim', 'is_coalesced', 'is_sparse', 'is_sparse_csr'].map((name) => `Tensor.${name}`)),
  ...give('reads memory from outside', 'frombuffer', 'Tensor.set_'),
  ...give('calls a function with each element', 'Tensor.apply_', 'Tensor.map_'),
  ...give('quantized tensors are not evaluated', 'fake_quantize_per_tensor_affine', 'fake_quantize_per_channel_affine', 'quantize_per_tensor', 'quantize_per_tensor_dynamic', 'quantize_per_channel', 'dequantize', 'int_repr'),
  ...give('starts from vectors at random', 'lobpcg'),
  ...give('is at random', 'native_dropout'),
  ...give('shares memory with another library', 'from_dlpack'),
  ...give('torch.nn\'s own, in Python, is traced in its place', 'nn.functional.multi_head_attention_forward'),
  ...Object.fromEntries(['rearrange', 'repeat', 'reduce', 'einsum', 'pack', 'unpack'].map((name) => [`einops.${name}`, 'recorded in einops.json'])),
  ...Object.fromEntries(['asnumpy', 'parse_shape'].map((name) => [`einops.${name}`, 'gives no tensor'])),
};
