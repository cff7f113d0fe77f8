// Numbers that the text around the code gives to sizes, and text that is wrong.
import assert from 'node:assert/strict';
import { shapeText } from '../../../src/shapes/values/text';
import { numbersOf } from '../../../src/shapes/hints/hints';
import { namesIn } from '../../../src/shapes/naming';
import { trace } from '../../../src/project/tracedFile';
import type { TracedFile } from '../../../src/project/tracedFile';
import { dedent, parser } from '../interpreter/check';

const CODE = `
  \`\`\`python
  import torch, torch.nn as nn
  class Heads(nn.Module):
      def __init__(self, width, heads=8):
          super().__init__()
          self.heads = heads
          self.proj = nn.Linear(width, 2 * width)
      def forward(self, tokens):
          B, T, D = tokens.shape
          pair = self.proj(tokens).reshape(B, T, 2, self.heads, D // self.heads).permute(2, 0, 3, 1, 4)
          k, v = pair[0], pair[1]
          score = k @ v.transpose(-2, -1)
          return score
  \`\`\`
`;

async function read(text: string, code = CODE): Promise<TracedFile> {
  return trace({ text: dedent(code) + text, language: 'markdown', parser: await parser() });
}

/** Its shape with names, and in numbers. */
function shown({ analysis }: TracedFile, target: string): string {
  for (const { node, target: isTarget, seen: [seen], context } of analysis.recordings.values()) {
    if (!isTarget || node.kind !== 'Name' || node.id !== target || seen?.type !== 'Tensor') continue;
    const names = namesIn(analysis, context);
    return `${shapeText(seen.tensor.shape, names)} = ${numbersOf(seen.tensor.shape, analysis.hints, names)}`;
  }
  return 'nothing';
}

const wrong = ({ analysis }: TracedFile): string[] => analysis.findings.map(({ message }) => message);

describe('numbers in the text', () => {
  it('of a named variable are those of its symbols', async () => {
    const file = await read('Then pair: torch.Size([2, 64, 3, 49, 32]) holds keys and values.\n');
    assert.equal(shown(file, 'pair'), '(2, B, heads, T, D//heads) = (2, 64, 3, 49, 32)');
    assert.equal(shown(file, 'score'), '(B, heads, T, T) = (64, 3, 49, 49)');
    assert.deepEqual(wrong(file), []);
  });

  it('go before defaults, which go before nothing', async () => {
    assert.equal(shown(await read(''), 'score'), '(B, heads, T, T) = (B, 8, T, T)');
  });

  it('in Chinese text and brackets mean what they can only be', async () => {
    const file = await read('得到注意力矩阵,其shape为:【64, 3, 49, 49】。\n');
    assert.equal(shown(file, 'score'), '(B, heads, T, T) = (64, 3, 49, 49)');
  });

  it('are not taken where they may be of several things', async () => {
    // A shape of rank 4: of k, of v, or of the scores.
    assert.equal(shown(await read('Its shape is (64, 3, 49, 32) now.\n'), 'score'), '(B, heads, T, T) = (B, 8, T, T)');
  });

  it('in comments count as well', async () => {
    const file = await read('', CODE.replace('v.transpose(-2, -1)', 'v.transpose(-2, -1)  # [16, 4, 9, 9]'));
    assert.equal(shown(file, 'pair'), '(2, B, heads, T, D//heads) = (2, 16, 4, 9, D//heads)');
  });

  it('that contradict the rest of the text are pointed out, with what would be right', async () => {
    const text = 'k: torch.Size([64, 3, 49, 32]), score: torch.Size([64, 3, 49, 48]), v: torch.Size([64, 3, 49, 32])\n';
    const file = await read(text);
    assert.deepEqual(wrong(file), ['the text says that score is [64, 3, 49, 48], but here it is (B, heads, T, T) = (64, 3, 49, 49) by what else the text says']);
    const [finding] = file.analysis.findings;
    const span = file.document.map.spanToDocument(finding!.span);
    assert.equal(file.document.text.slice(span.start, span.end), '[64, 3, 49, 48]');
  });

  it('are not blamed for another rank or another name', async () => {
    assert.deepEqual(wrong(await read('elsewhere: torch.Size([1, 2]), image (3, 224, 224), score (batch, heads, 4, 4)\n')), []);
  });
});
