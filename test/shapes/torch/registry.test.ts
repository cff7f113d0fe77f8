/** Names, binding of arguments, writes, and what hover says. */
import assert from 'node:assert/strict';
import { bool, float, int, list, str, tuple, unknown } from '../../../src/shapes/values/values';
import { constant } from '../../../src/shapes/symint/symint';
import { documentationUrl, explain, lookupFunction, lookupMethod, lookupOperator, lookupProperty, operationNames } from '../../../src/shapes/torch/registry';
import { parseSignature } from '../../../src/shapes/torch/signature';
import { Calls, text } from './support';

describe('registry', () => {
  it('one operation has all its names', () => {
    const sum = lookupFunction('torch.sum');
    assert.equal(sum?.name, 'torch.sum');
    assert.equal(lookupMethod('sum')?.name, 'torch.sum');
    assert.equal(lookupFunction('torch.nn.functional.softmax')?.name, 'torch.softmax');
    assert.equal(lookupFunction('torch.concat')?.name, 'torch.cat');
    assert.equal(lookupProperty('T')?.name, 'torch.Tensor.T');
    assert.equal(lookupOperator('@')?.name, 'torch.matmul');
    assert.equal(lookupMethod('add_')?.name, 'torch.add');
    assert.equal(lookupFunction('torch.foo'), null);
    assert.equal(lookupMethod('T'), null);
  });

  it('every signature of every row can be read', () => {
    const names = operationNames();
    for (const name of names.functions) assert.ok(lookupFunction(name)!.signatures.length > 0);
    for (const name of names.methods) {
      const operation = lookupMethod(name)!;
      for (const signature of operation.signatures) assert.ok(signature.parameters.length > 0, `${name} takes the tensor`);
      if (operation.writes !== null) assert.ok(operation.signatures.some(({ parameters }) => parameters.some((parameter) => parameter.name === operation.writes)), name);
    }
    assert.ok(names.functions.length > 800 && names.methods.length > 500);
  });

  it('signatures', () => {
    const { parameters, options } = parseSignature('f(input, *size, dim: int | None = None, p=2.0, keepdim=False, axes=(0, -1), **options)');
    assert.equal(options, true);
    assert.deepEqual(parameters.map(({ name, kind }) => `${name} ${kind}`), ['input positional', 'size varargs', 'dim keyword', 'p keyword', 'keepdim keyword', 'axes keyword']);
    assert.deepEqual(parameters[3]!.default, float(2));
    assert.deepEqual(parameters[5]!.default, tuple([int(constant(0)), int(constant(-1))]));
  });

  const c = new Calls();
  const x = c.tensor('(2, 3)');
  const cases: readonly (readonly [string, string, string])[] = [
    ['ints one by one', c.run('torch.zeros', [2, 3]), '(2, 3) float32'],
    ['ints as one list', c.run('torch.zeros', [[2, 3]]), '(2, 3) float32'],
    ['by keyword', c.run('torch.sum', [], { input: x, dim: int(constant(0)) }), '(3,) float32'],
    ["NumPy's names", c.run('torch.sum', [], { a: x, axis: int(constant(0)), keepdims: bool(true) }), '(1, 3) float32'],
    ['options that change nothing', c.run('torch.zeros', [2], { device: str('cuda'), requires_grad: bool(true) }), '(2,) float32'],
    ['an argument that is not known', c.run('torch.sum', [x], { foo: int(constant(0)) }), 'unknown: sum: the argument foo is not known'],
    ['an argument that is missing', c.run('torch.permute', [], {}), 'fault argument-mismatch'],
    ['too many', c.run('torch.relu', [x, false, 3]), 'fault argument-mismatch'],
    ['given twice', c.run('torch.sum', [x, 0], { dim: int(constant(0)) }), 'fault argument-mismatch'],
    ['a list where a tensor must be', c.run('torch.relu', [[1, 2]]), 'fault argument-mismatch'],
    ['a value that is not known', c.run('torch.relu', [unknown('why not')]), 'unknown: why not'],
    ['one of several tensors that are alike', c.run('torch.cat', [list([x, { kind: 'union', options: [x, c.tensor('(2, 3)')] }])]), '(4, 3) float32'],
    ['one of several that are not', c.run('torch.cat', [list([x, { kind: 'union', options: [x, c.tensor('(2, 4)')] }])]), 'unknown: the argument tensors of cat is one of several values'],
    ['overloads by type', c.run('torch.max', [x, c.tensor('(3,)')]), '(2, 3) float32'],
    ['overloads by number', c.run('torch.max', [x, 1]), '[(2,) float32, (2,) int64]'],
    ['out= of the right size', c.run('torch.add', [x, 1], { out: c.tensor('(2, 3)', 'float64') }), '(2, 3) float64'],
    ['out= of another size', c.run('torch.add', [x, 1], { out: c.tensor('(0,)') }), '(2, 3) float32'],
    ['a number before the tensor', c.run('-', [1, x]), '(2, 3) float32'],
    ['None is no operand', c.run('torch.add', [x, { kind: 'None' }]), 'fault argument-mismatch'],
    ['in place keeps the dtype', c.run('add_', [c.tensor('(2,)', 'float16'), c.tensor('(2,)', 'float64')]), '(2,) float16'],
    ['in place cannot grow', c.run('add_', [c.tensor('(3,)'), x]), 'fault in-place-size-mismatch'],
    ['in place cannot make ints of floats', c.run('div_', [c.tensor('(2,)', 'int64'), 2]), 'fault in-place-dtype-mismatch'],
  ];
  for (const [name, got, wanted] of cases) it(name, () => assert.equal(got, wanted));

  it('writes and reshapes are told', () => {
    const written = c.call(lookupMethod('mul_'), [x, 2]);
    assert.ok(written.ok && written.writesTo === x && written.reshapes === null);
    const reshaped = c.call(lookupMethod('unsqueeze_'), [x, 0]);
    assert.ok(reshaped.ok && reshaped.writesTo === null && reshaped.reshapes === x);
    const initialized = c.call(lookupFunction('torch.nn.init.trunc_normal_'), [x], { std: float(0.02) });
    assert.ok(initialized.ok && initialized.writesTo === x);
    assert.equal(text(initialized), '(2, 3) float32');
  });

  it('arguments are bound in the order of the signature, with defaults', () => {
    const outcome = c.call(lookupFunction('torch.sum'), [x], { keepdim: bool(true) });
    assert.ok(outcome.ok);
    assert.deepEqual([...outcome.bound.keys()], ['input', 'dim', 'keepdim', 'dtype']);
  });

  it('an index is kept as a tuple', () => {
    const outcome = c.call(lookupMethod('__getitem__'), [x, list([int(constant(0)), int(constant(1))])]);
    assert.ok(outcome.ok);
    assert.equal(outcome.bound.get('index')?.kind, 'tuple');
  });

  it('what an operation did, for hovers', () => {
    const say = (name: string, ...args: Parameters<Calls['call']>[1]): string | null => {
      const operation = lookupFunction(name)!;
      const outcome = c.call(operation, args);
      assert.ok(outcome.ok);
      const said = explain(operation, outcome.bound, outcome.result);
      return said && `${said.name} ${said.does}: ${said.sizes}`;
    };
    assert.equal(say('torch.permute', x, [1, 0]), 'permute reorders the dims: (2, 3) → (3, 2)');
    assert.equal(say('torch.matmul', x, c.tensor('(3, 4)')), 'matmul contracts 3: (2, 3), (3, 4) → (2, 4)');
    assert.equal(say('torch.arange', 4), 'arange counts: (4,)');
    assert.equal(say('torch.einsum', 'ij->ji', x), 'einsum by ij->ji: (2, 3) → (3, 2)');
  });

  it("torch's pages", () => {
    assert.equal(documentationUrl('torch.sum'), 'https://docs.pytorch.org/docs/stable/generated/torch.sum.html');
    assert.equal(documentationUrl('torch.nn.init.ones_'), 'https://docs.pytorch.org/docs/stable/nn.init.html#torch.nn.init.ones_');
    assert.equal(documentationUrl('torch.Tensor.view'), 'https://docs.pytorch.org/docs/stable/generated/torch.Tensor.view.html');
  });
});
