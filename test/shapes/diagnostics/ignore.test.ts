import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CODES } from '../../../src/shapes/diagnostics/codes';
import { findings } from './findings';

describe('# shapelens: ignore', () => {
  it('suppresses one code at the end of the line', async () => {
    const { lines } = await findings(`
      torch.zeros(2, 3) @ torch.zeros(2, 3)  # shapelens: ignore[matmul-size-mismatch]
      torch.zeros(2, 3) @ torch.zeros(2, 3)  # shapelens: ignore[cat-size-mismatch]
      torch.zeros(2, 3) @ torch.zeros(2, 3)
    `);
    assert.deepEqual(lines, ['2: error matmul-size-mismatch', '3: error matmul-size-mismatch']);
  });

  it('suppresses every code without brackets, and says why behind them', async () => {
    const { lines } = await findings(`
      torch.zeros(2, 3) @ torch.zeros(2, 3)  # shapelens: ignore
      torch.zeros(2).view(3)  # what follows is known  # shapelens: ignore[cat-size-mismatch, view-size-mismatch] until it is mended
    `);
    assert.deepEqual(lines, []);
  });

  it('speaks of the next statement from a line of its own', async () => {
    const { lines } = await findings(`
      # shapelens: ignore[matmul-size-mismatch]
      # (it is on purpose)
      x = (
          torch.zeros(2, 3)
          @ torch.zeros(2, 3))
      torch.zeros(2, 3) @ torch.zeros(2, 3)
    `);
    assert.deepEqual(lines, ['6: error matmul-size-mismatch']);
  });

  it('speaks of a statement over several lines from its last one', async () => {
    const { lines } = await findings(`
      torch.cat([
          torch.zeros(2, 3),
          torch.zeros(3, 4),
      ])  # shapelens: ignore[cat-size-mismatch]
    `);
    assert.deepEqual(lines, []);
  });

  it('speaks of the header of a compound statement, not of its body', async () => {
    const { lines } = await findings(`
      # shapelens: ignore
      if True and \\
          (torch.zeros(2, 3) @ torch.zeros(2, 3)).sum() > 0:
          torch.zeros(2, 3) @ torch.zeros(2, 3)
    `);
    assert.deepEqual(lines, ['4: error matmul-size-mismatch']);
  });

  it('speaks of the whole file', async () => {
    const { lines } = await findings(`
      torch.zeros(2, 3) @ torch.zeros(2, 3)
      torch.zeros(2).view(3)
      # shapelens: ignore-file[matmul-size-mismatch]
    `);
    assert.deepEqual(lines, ['2: error view-size-mismatch']);
    assert.deepEqual((await findings('# shapelens: ignore-file\ntorch.zeros(2).view(3)\n')).lines, []);
  });

  it('points out codes that no diagnostic has, at the code', async () => {
    const { lines, analysis } = await findings(`
      torch.zeros(2, 3) @ torch.zeros(2, 3)  # shapelens: ignore[matmul-size, view-size-mismatch]
    `);
    assert.deepEqual(lines, ['1: error matmul-size-mismatch', '1: warning unknown-ignore-code']);
    const { span, message } = analysis.findings[1]!;
    assert.equal(analysis.tree.source.slice(span.start, span.end), 'matmul-size');
    assert.match(message, /matmul-size, .*matmul-size-mismatch is one/);
  });

  it('is no other comment', async () => {
    const { lines } = await findings(`
      torch.zeros(2).view(3)  # shapelens: ignore-me
      torch.zeros(2).view(3)  # ignore[view-size-mismatch]
    `);
    assert.deepEqual(lines, ['1: error view-size-mismatch', '2: error view-size-mismatch']);
  });

  it('knows every code that the engine reports', () => {
    const root = path.join(process.cwd(), 'src', 'shapes');
    const used = new Set<string>();
    for (const name of fs.readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts') || /^(graph|torch.modules)/.test(name)) continue;
      const text = fs.readFileSync(path.join(root, name), 'utf8');
      for (const match of text.matchAll(/(?:\b(?:fail|warn|ShapeFault|report)\(|\bcode: |, )'([a-z]+(?:-[a-z]+)+)'(?=,| [,}])/g)) if (/-(mismatch|range|repeated|size|pattern|equation|contiguous|square|ragged|refuses|syntax|broadcast|nothing|code)$/.test(match[1]!)) used.add(match[1]!);
    }
    assert.ok(used.size > 50);
    assert.deepEqual([...used].filter((code) => !CODES.has(code)), []);
  });
});
