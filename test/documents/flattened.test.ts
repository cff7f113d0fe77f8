// Documents whose code lost its indentation: what is read, where it stands, what had to be assumed, and what is left alone.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { findFlattened } from '../../src/documents/flattened';
import { LineIndex } from '../../src/documents/line-index';
import { definitionsOf, programOf, pythonFiles } from '../shapes/python/repair/support';
import { pythonParser, read, seed, seeded } from './support';

const CODE = `class Gate(nn.Module):
    """Lets a part through.

    Of each row.
    """
    def __init__(self, width, keep=0.9):
        super().__init__()
        self.keep = keep
        # 映射
        self.mix = nn.Linear(
            width,
            2 * width)

    @torch.no_grad()
    def forward(self, x, scale=None):
        u, v = self.mix(x).chunk(2, dim=-1)
        if scale is not None:
            u = u * scale
        else:
            u = u * self.keep
        out = u * torch.sigmoid(v)
        return out
gate = Gate(8)
y = gate(torch.zeros(2, 8))
print(y.shape)
`;
const flat = (code: string): string => code.split('\n').map((line) => line.trim()).join('\n');
const post = `A gate, as I use it:\n${flat(CODE)}torch.Size([2, 8])\n可以看到形状不变。\nNote: this is all\nthe end.\n`;
const files = ['samples', path.join('test', 'fixtures'), path.join('test', 'oracle', 'python'), path.join('test', 'evaluation', 'systems')]
  .flatMap((folder) => pythonFiles(folder)).filter((file) => !file.includes(path.join('fixtures', 'python')));

describe('a document that lost its indentation', () => {
  for (const [language, text] of [['text', post], ['markdown', `# Gate\n\n\`\`\`python\n${flat(CODE)}\`\`\`\n`], ['python', flat(CODE)]] as const) {
    it(`is read as it was written: ${language}`, async () => {
      const parser = await pythonParser();
      const { source, map, restorations } = await read(language, text);
      assert.deepEqual(programOf(source, parser), programOf(CODE, parser));
      assert.equal(restorations.length, 1);
      assert.equal(restorations[0]!.lost, 'indentation');
      assert.deepEqual(programOf(restorations[0]!.text, parser), programOf(CODE, parser));
      for (const { source: from, document: to, length } of map.pieces) assert.equal(source.slice(from, from + length), text.slice(to, to + length));
      assert.equal(map.toSource(text.indexOf('torch.sigmoid')), source.indexOf('torch.sigmoid'));
    });
  }

  it('keeps what was printed out of its code', async () => {
    const { outputs } = await read('text', post);
    assert.deepEqual(outputs.map(({ text }) => text), ['torch.Size([2, 8])']);
  });

  it('says what the text does not decide', async () => {
    const { assumptions } = await read('text', post);
    assert.deepEqual(assumptions.map(({ text, range }) => [text, post.slice(range.start, range.end)]), [
      ["the indentation was lost: the suite of 'else:' is taken to end before 'out = u * torch.sigmoid(v)': the other branch makes nothing like it", 'out = u * torch.sigmoid(v)'],
    ]);
  });

  it('puts methods behind a paragraph into their class', async () => {
    const { source } = await read('text', `The parts.\n\nclass Gate(nn.Module):\ndef __init__(self, width):\nsuper().__init__()\nself.mix = nn.Linear(width, width)\n\nAnd what it does, in words (two of them).\n\ndef forward(self, x):\ny = self.mix(x)\nreturn y\n`);
    const [only, ...others] = (await pythonParser()).parse(source).body;
    assert.deepEqual(others, []);
    assert.ok(only?.kind === 'ClassDef' && only.body.length === 2);
  });

  it('comes back in nine of ten classes and functions', async function () {
    this.timeout(120_000);
    const parser = await pythonParser();
    const all = files.flatMap((file) => definitionsOf(fs.readFileSync(file, 'utf8'), parser).map((each) => ({ ...each, file: path.basename(file) }))).filter(({ code }) => code.split('\n').length > 2);
    const differing: string[] = [];
    for (const { file, name, code } of all) if (!isDeepStrictEqual(programOf((await read('text', flat(code))).source, parser), programOf(code, parser))) differing.push(`${file} ${name}`);
    console.log(`        ${all.length - differing.length} of ${all.length} identical; not: ${differing.join(', ')}`);
    assert.ok(all.length > 100);
    assert.ok(differing.length <= all.length / 10);
  });

  it('is not looked for in code and text that have it', async () => {
    const parser = await pythonParser();
    const found = (text: string, isCode: boolean): number[] => findFlattened(new LineIndex(text), () => true, isCode, parser).map(({ first }) => first + 1);
    for (const file of files) for (const isCode of [true, false]) assert.deepEqual(found(fs.readFileSync(file, 'utf8'), isCode), [], file);
    for (const file of fs.readdirSync('.').filter((name) => name.endsWith('.md'))) assert.deepEqual(found(fs.readFileSync(file, 'utf8'), false), [], file);
    for (const name of ['000', '001', '002', '003', '004']) assert.deepEqual(found(seed(name) ?? '', false), [], name);
    // A line that is being written is no lost layout.
    for (const half of ['def f(x):\ny = f(3)\nprint(y)\n', 'import torch\nclass A:\n    def f(self):\n        return 1\nfor i in range(3):\nx = 1\nwhile x:\ny = 2\n']) assert.deepEqual(found(half, true), [], half);
    for (const prose of ['Two things matter:\nfirst the rank.\n', 'while reading:\nnothing\n', 'for example:\nx = 1\n', 'Try:\nx = 1\n']) assert.deepEqual(found(prose, false), [], prose);
  });

  it('never throws, whatever was lost or changed', async function () {
    this.timeout(60_000);
    const random = seeded(11);
    const text = flat(CODE);
    for (let run = 0; run < 150; run++) {
      const from = Math.floor(random() * text.length);
      const piece = text.slice(from, from + Math.floor(random() * 500));
      const at = Math.floor(random() * piece.length);
      await read('text', piece.slice(0, at) + ['', '(', ')', '"', "'''", '#', ':', '\\', '\n', 'else:\n', '在', '  ', '@', 'def f():\n'][Math.floor(random() * 14)]! + piece.slice(at + Math.floor(random() * 5)));
    }
  });
});
