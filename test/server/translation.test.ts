// What the server says in the reader's language: the engine's texts by their templates, the server's own, and English without a bundle.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { unknownReason } from '../../src/shapes/describe';
import { explain } from '../../src/shapes/torch/registry';
import { translated, useBundle } from '../../src/server/translation';
import { trace } from '../shapes/interpreter/check';
import { LspClient } from './lspClient';

const chinese = JSON.parse(readFileSync('l10n/bundle.l10n.zh-cn.json', 'utf8')) as Record<string, string>;
const URI = 'file:///post/chinese.py';
const TEXT = `import torch
import nowhere

def pool(x):
    B, N, C = x.shape
    return (x @ x.transpose(1, 2)).mean(dim=1)

lost = nowhere.load()
x = torch.zeros(4, 5)
y = x / x.sum(dim=1)
`;

/** Everything that the engine says of a file, but for values. */
async function saidOf(file: string): Promise<string[]> {
  const { findings, assumptions, symbols, recordings, operations } = await trace(readFileSync(file, 'utf8'));
  return [
    ...findings.flatMap(({ message, related }) => [message, ...related.map((each) => each.message)]),
    ...assumptions.map(({ text }) => text), ...symbols.map(({ origin }) => origin),
    ...[...recordings.values()].flatMap(({ seen }) => seen.flatMap((each) => unknownReason(each) ?? [])),
    ...[...operations.values()].flatMap(({ operation, bound, result }) => explain(operation, bound, result)?.does ?? []),
  ];
}

describe('translation', function () {
  this.timeout(120_000);
  afterEach(() => useBundle({}));

  it('finds the template of a text, the most specific one, and translates what stands at its places', () => {
    useBundle({ '{0} is {1}': '{0}=={1}', 'the size {0} is {1}': '{1}: size {0}', 'an unknown thing': 'NICHTS', '{0}: {1}': '{0} -> {1}', '; so there': '; DA' });
    assert.equal(translated('the size N is an unknown thing'), 'NICHTS: size N');
    assert.equal(translated('x is an unknown thing'), 'x==NICHTS');
    assert.equal(translated('matmul: an unknown thing'), 'matmul -> NICHTS');
    assert.equal(translated('matmul: an unknown thing; so there'), 'matmul -> NICHTS; DA');
    assert.equal(translated('nothing of this sort'), 'nothing of this sort');
    // Words of the code are not ours, whatever they mean.
    useBundle({ Tensor: 'TENSOR', '{0} has no rule': '{0} ohne Regel' });
    assert.equal(translated('Tensor has no rule'), 'Tensor ohne Regel');
    assert.equal(translated('toString has no rule'), 'toString ohne Regel');
  });

  it('does not take a sentence for a template of few words', () => {
    useBundle({ '{0} of {1}: {2}': '{0}/{1}: {2}', 'line {0}': 'ZEILE {0}', 'the source': 'DIE QUELLE' });
    assert.equal(translated('3 of 7: model.py'), '3/7: model.py');
    assert.equal(translated('line 4'), 'ZEILE 4');
    assert.equal(translated('a call of Net is taken to run its forward: nothing was read'), 'a call of Net is taken to run its forward: nothing was read');
    assert.equal(translated('line breaks were lost'), 'line breaks were lost');
    assert.equal(translated("'it is' of x: the source"), "'it is'/x: DIE QUELLE");
  });

  it('knows texts that are put together', () => {
    useBundle(chinese);
    for (const text of [
      'parameter batch_size, default 64', 'add: (*x_dims) and (*y_dims) broadcast to a shape that is not known', 'embedding: the index (2,) holds 10, which is out of range for a table of size 10: 0 to 9 are allowed',
      'x is taken to have 3 dims: nothing here says how many, and with fewer it could not be run', 'x is taken to have 2 dims, as the calls here give it', 'x is taken to have 1 dim: a batch of sequences has 3',
      'training is taken to be True, as the defaults have it: what the other side gives cannot be traced', 'a call of Net is taken to run its forward: the source of a class that it derives from was not read',
      "line breaks were lost: the suite of 'for i in range(3):' is taken to end before 'x = 1': it uses nothing of the loop",
    ]) assert.doesNotMatch(translated(text).replace(/'[^']*'/g, ''), /[a-z]{2,} [a-z]{2,}/, translated(text));
  });

  it('knows what Python itself says of errors', () => {
    useBundle(chinese);
    for (const text of ["'int' object is not iterable", "unsupported operand type(s) for +: 'int' and 'str'", 'pop from empty list', "could not convert string to float: 'x'", "f() got an unexpected keyword argument 'dims'", 'index 5 is out of range for 2 items: -2 to 1 are allowed']) {
      assert.match(translated(text), /[\u4E00-\u9FFF]/, text);
    }
  });

  it('leaves hardly anything of what the engine says of the fixtures in English', async () => {
    const folders = ['diagnostics'].map((name) => path.join('test', 'fixtures', name));
    const files = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.py')).map((name) => path.join(folder, name)));
    const said = new Set((await Promise.all(files.map(saidOf))).flat());
    useBundle(chinese);
    const isEnglish = (text: string): boolean => /[a-z]{2,} [a-z]{2,}/.test(translated(text).replace(/['`"][^'`"]*['`"]/g, ''));
    const english = [...said].filter(isEnglish);
    assert.ok(said.size > 100);
    // A text may be newer than its translation.
    assert.ok(english.length <= said.size / 50, english.join('\n'));
  });

  describe('over stdio', () => {
    let client: LspClient;
    const open = async (options: object): Promise<void> => {
      client = await LspClient.start(options);
      await client.open(URI, TEXT);
    };
    afterEach(async () => assert.equal(await client.stop(), 0));

    it('is of hovers, lenses, diagnostics and fixes', async () => {
      await open({ ownClient: true, translations: chinese });
      const hover = await client.hover(URI, '@', '@ x.transpose');
      assert.match(hover, /matmul 收缩 C：/);
      assert.match(hover, /参数 x 的一维/);
      assert.match(hover, /\[步骤\]\(command:/);
      assert.match(await client.hover(URI, 'lost', 'lost ='), /lost: 未知\n[^]*未知：/);
      const titles = await client.lenses(URI);
      assert.ok(titles.includes('指定条件跟踪…'), titles.join(' | '));
      const [found] = await client.diagnostics(URI, (all) => all.length > 0);
      assert.match(found!.message, /无法广播：第 -1 维的大小是 5 和 4，必须相等/);
      const actions = (await client.actions(URI, found!)).map(({ title }) => title);
      assert.ok(actions[0]!.startsWith('保留被归约的维：'), actions.join(' | '));
      assert.ok(actions.includes('在这一行忽略 broadcast-mismatch'), actions.join(' | '));
    });

    it('is English for a client that brings no translations', async () => {
      await open({});
      assert.match(await client.hover(URI, '@', '@ x.transpose'), /matmul contracts C: /);
      const [found] = await client.diagnostics(URI, (all) => all.length > 0);
      assert.match(found!.message, /must be equal unless one is 1/);
    });
  });
});
