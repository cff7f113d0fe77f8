/** torch.nn.attention.flex_attention has the shapes of attention: (B, H, L, Ev), and (B, H, L) of the logsumexp. */
import assert from 'node:assert/strict';
import { analyze } from '../../../../src/shapes/analysis';
import { seenText } from '../../../../src/shapes/describe';
import { loadParser } from '../../python/load';

it('flex_attention', async () => {
  const source = [
    'import torch', 'from torch.nn.attention.flex_attention import flex_attention', 'q = torch.zeros(2, 4, 8, 16)', 'v = torch.zeros(2, 4, 8, 5)',
    'a = flex_attention(q, q, v)', 'b, c = flex_attention(q, q, v, score_mod=lambda s, b, h, i, j: s, return_lse=True)',
  ].join('\n');
  const analysis = analyze(source, { parser: await loadParser() });
  const seen = [...analysis.recordings.values()].flatMap(({ node, target, seen: all }) => (target && node.kind === 'Name' && 'abc'.includes(node.id) ? [`${node.id} ${all.map((each) => seenText(each)).join()}`] : []));
  assert.deepEqual(seen, ['a (2, 4, 8, 5) float32', 'b (2, 4, 8, 5) float32', 'c (2, 4, 8) float32']);
});
