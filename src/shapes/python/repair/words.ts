/** The words that Python reserves, sorted by where in a statement they may stand, and names that most model code uses. */

/** Begin a statement with a suite. */
export const headerWords: ReadonlySet<string> = new Set(['if', 'elif', 'else', 'for', 'while', 'with', 'try', 'except', 'finally', 'def', 'class', 'async', 'match', 'case']);
/** Begin a statement without a suite. */
export const simpleWords: ReadonlySet<string> = new Set(['return', 'raise', 'assert', 'del', 'global', 'nonlocal', 'import', 'from', 'pass', 'break', 'continue']);
/** A statement of their own, complete as they are. */
export const aloneWords: ReadonlySet<string> = new Set(['pass', 'break', 'continue']);
/** Stand between two operands. */
export const infixWords: ReadonlySet<string> = new Set(['and', 'or', 'in', 'is', 'if', 'else', 'for', 'not']);

export const keywords: ReadonlySet<string> = new Set([
  ...[...headerWords].filter((word) => word !== 'match' && word !== 'case'), ...simpleWords, ...infixWords, 'as', 'lambda', 'await', 'yield',
]);

export function startsStatement(word: string): boolean {
  return headerWords.has(word) || simpleWords.has(word);
}

/** Names that need no definition in a text about tensors: builtins, customary modules, attributes of tensors and modules. */
export const commonNames: readonly string[] = [
  'self', 'cls', 'super', 'None', 'True', 'False', 'print', 'len', 'range', 'enumerate', 'zip', 'map', 'sum', 'min', 'max', 'abs', 'sorted', 'reversed', 'int', 'float', 'bool', 'str',
  'list', 'tuple', 'dict', 'set', 'type', 'isinstance', 'getattr', 'setattr', 'hasattr', 'property', 'staticmethod', 'classmethod', 'ValueError', 'RuntimeError', 'NotImplementedError', 'Exception',
  'torch', 'nn', 'F', 'np', 'math', 'os', 'plt', 'torchvision', 'Tensor', 'Module', 'Parameter', 'functional',
  'shape', 'size', 'dim', 'dtype', 'device', 'data', 'grad', 'weight', 'bias', 'T', 'training', 'requires_grad', 'in_features', 'out_features', 'in_channels', 'out_channels', 'kernel_size',
  'Sequential', 'ModuleList', 'ModuleDict', 'ParameterList', 'Identity', 'Linear', 'Embedding', 'Dropout', 'Conv1d', 'Conv2d', 'Conv3d', 'ConvTranspose2d', 'BatchNorm1d', 'BatchNorm2d', 'LayerNorm',
  'GroupNorm', 'InstanceNorm2d', 'ReLU', 'GELU', 'SiLU', 'LeakyReLU', 'Sigmoid', 'Tanh', 'Softmax', 'MaxPool2d', 'AvgPool2d', 'AdaptiveAvgPool1d', 'AdaptiveAvgPool2d', 'Upsample', 'Flatten', 'LSTM', 'GRU',
  'MultiheadAttention', 'TransformerEncoder', 'TransformerEncoderLayer', 'CrossEntropyLoss', 'MSELoss', 'relu', 'gelu', 'softmax', 'dropout', 'cat', 'stack', 'zeros', 'ones', 'randn', 'arange', 'matmul',
  'einsum', 'rearrange', 'repeat', 'chunk', 'split', 'expand', 'mean', 'register_buffer', 'append', 'items', 'partial', 'no_grad',
  'stride', 'padding', 'view', 'reshape', 'permute', 'transpose', 'contiguous', 'flatten', 'unsqueeze', 'squeeze', 'forward', 'x', 'y', 'i', 'j', '_',
];
