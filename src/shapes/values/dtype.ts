/**
 * The element types of tensors, and how torch promotes them.
 * Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html#torch.dtype
 */
export const DTYPES = [
  'float64', 'float32', 'float16', 'bfloat16', 'complex128', 'complex64', 'complex32',
  'int64', 'int32', 'int16', 'int8', 'uint8', 'uint16', 'uint32', 'uint64', 'bool',
  'float8_e4m3fn', 'float8_e5m2',
] as const;
export type Dtype = (typeof DTYPES)[number];

/** Torch's four promotion categories, in order. */
export type DtypeCategory = 'bool' | 'int' | 'float' | 'complex';
