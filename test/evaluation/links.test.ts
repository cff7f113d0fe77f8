// Linked tensors: positions that flow through the graph of a gather say which element comes from where.
import assert from 'node:assert/strict';
import { evaluateLink } from '../../src/editor/linkPositions';
import { EvaluatedSource } from '../../src/editor/evaluatedSource';
import type { EvaluationClient } from '../../src/evaluation/client';
import type { EvaluationResult } from '../../src/evaluation/results';
import type { Dtype } from '../../src/shapes/values/dtype';
import { trace } from '../../src/project/tracedFile';
import { answerEvaluate } from '../../src/server/evaluate';
import type { EvaluateAnswer } from '../../src/server/messages';
import type { TensorMetadata } from '../../src/webview/protocol';
import { startClient } from './backends';
import { loadParser } from '../shapes/python/load';

const TEXT = `import torch
from torch import nn

class Bias(nn.Module):
    def __init__(self, h, w, heads):
        super().__init__()
        self.h, self.w = h, w
        self.table = nn.Parameter(torch.randn((2 * h - 1) * (2 * w - 1), heads))
        places = torch.stack(torch.meshgrid(torch.arange(h), torch.arange(w), indexing="ij")).flatten(1)
        offsets = (places[:, :, None] - places[:, None, :]).permute(1, 2, 0)
        offsets = offsets + torch.tensor([h - 1, w - 1])
        self.register_buffer("index", offsets[..., 0] * (2 * w - 1) + offsets[..., 1])

    def forward(self):
        n = self.h * self.w
        bias = self.table[self.index.view(-1)].view(n, n, -1)
        bias = bias.permute(2, 0, 1).contiguous()
        return bias

bias = Bias(2, 3, 4)()
words = nn.Embedding(10, 4)
tokens = torch.tensor([[1, 2, 3], [4, 5, 9]])
vectors = words(tokens)
order = torch.tensor([[[0, 1, 2, 0]], [[1, 1, 0, 2]]])
picked = torch.gather(vectors, 1, order)
columns = torch.tensor([2, -4])
turned = vectors[..., columns].transpose(0, 2)
plain = vectors + 1
`;

describe('linked tensors', function () {
  this.timeout(60_000);
  let client: EvaluationClient;
  let answer: (line: string) => Extract<EvaluateAnswer, { ok: true }>;

  before(async () => {
    client = startClient('cpu');
    const file = trace({ text: TEXT, language: 'python', parser: await loadParser() });
    answer = (line) => {
      const at = TEXT.split('\n').findIndex((each) => each.trim().startsWith(line));
      const column = TEXT.split('\n')[at]!.search(/\S/);
      const found = answerEvaluate(file, { uri: '', range: { start: { line: at, character: column }, end: { line: at, character: column } }, related: true });
      assert.ok(found.ok, JSON.stringify(found));
      return found;
    };
  });
  after(() => client.dispose());

  /** All values of the tensors and of the positions. */
  async function linked(line: string): Promise<{ names: string[]; active: number; table: number[]; index: number[]; result: number[]; inTable: number[]; inIndex: number[] }> {
    const planned = answer(line);
    const result: EvaluationResult = await client.evaluate({ cone: planned.cone, bindings: new Map(planned.bindings.map((bound) => [bound.node, { ...bound, dtype: bound.dtype as Dtype }])), seed: 0, training: false });
    const tensors: TensorMetadata[] = planned.tensors.map(({ name, dims }, i) => ({ id: String(i), name, dims, shape: result.outputs[i]!.shape, dtype: result.outputs[i]!.dtype, backend: 'cpu', provenance: [] }));
    const positions = await evaluateLink(client, 'links.py', planned, tensors, (text) => assert.fail(text));
    assert.ok(positions);
    const source = new EvaluatedSource(client, result, positions);
    const all = async (id: string, shape: readonly number[]): Promise<number[]> => {
      const [rows, cols] = [shape.length > 1 ? shape.length - 2 : null, shape.length - 1];
      const values: number[] = [];
      const outer = shape.slice(0, -2).reduce((product, size) => product * size, 1);
      for (let i = 0; i < outer; i++) {
        let rest = i;
        const index = shape.map(() => 0);
        for (let dim = shape.length - 3; dim >= 0; dim--) {
          index[dim] = rest % shape[dim]!;
          rest = Math.floor(rest / shape[dim]!);
        }
        values.push(...await source.read({ tensor: id, index, rows: rows === null ? null : { dim: rows, start: 0, size: shape[rows]! }, cols: { dim: cols, start: 0, size: shape[cols]! } }));
      }
      return values;
    };
    const { link } = positions;
    const shapeOf = (id: string): readonly number[] => tensors.find((tensor) => tensor.id === id)!.shape;
    return {
      names: tensors.map(({ name }) => name), active: planned.active,
      table: await all(link.table, shapeOf(link.table)), index: await all(link.index, shapeOf(link.index)), result: await all(link.result, shapeOf(link.result)),
      inTable: await all(link.tablePositions, shapeOf(link.result)), inIndex: await all(link.indexPositions, shapeOf(link.result)),
    };
  }

  it('know for each bias of a window which offset it stands for', async () => {
    const { names, active, table, index, result, inTable, inIndex } = await linked('bias = bias.permute');
    assert.deepEqual([names, active], [['self.table', 'self.index', 'bias'], 2]);
    assert.equal(result.length, 4 * 36);
    result.forEach((value, i) => {
      const [head, pair] = [Math.floor(i / 36), i % 36];
      assert.equal(inIndex[i], pair);
      assert.equal(inTable[i], index[pair]! * 4 + head);
      assert.equal(value, table[inTable[i]!]);
    });
  });

  it('are found from the table and from the index too', async () => {
    for (const [line, active] of [['self.table = ', 0], ['self.register_buffer', 1]] as const) {
      const planned = answer(line);
      assert.ok(planned.link, line);
      assert.equal(planned.active, active);
      assert.deepEqual(planned.tensors.map(({ shape }) => shape.join()), ['15,4', '6,6', '4,6,6']);
    }
  });

  for (const [what, line] of [['an embedding', 'vectors = '], ['torch.gather', 'picked = '], ['an index of the last dim, negative numbers and all', 'turned = ']] as const) {
    it(`follow ${what}`, async () => {
      const { table, result, inTable, inIndex, index } = await linked(line);
      result.forEach((value, i) => assert.equal(value, table[inTable[i]!]));
      assert.ok(new Set(inIndex).size === index.length && inIndex.every((at) => at < index.length));
    });
  }

  it('are none where nothing is gathered', () => {
    assert.equal(answer('plain = ').link, null);
  });
});
