// After each of many edits, what is traced again together with what is reused is what a trace from nothing gives.
import assert from 'node:assert/strict';
import type { MarkupContent, Position } from 'vscode-languageserver';
import { fileJson } from '../../src/commands/traceJson';
import { Retracer } from '../../src/project/retracer';
import { trace } from '../../src/project/tracedFile';
import type { PythonParser } from '../../src/shapes/python/parser';
import type { TracedFile } from '../../src/project/tracedFile';
import { hover } from '../../src/server/hover';
import type { OpenFile } from '../../src/server/openFile';
import { positionAt } from '../../src/documents/document';
import { Units } from '../../src/shapes/incremental/units';
import { applied, EDITED_FILES, nthEdit } from '../../bench/edits';
import { library, modules } from '../../bench/model';
import { seeded } from '../documents/support';
import { ownDocuments } from '../robustness/corpus';
import { mutate } from '../robustness/mutate';
import { loadParser } from '../shapes/python/load';

type Random = () => number;

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

/** Another number, or the same line with one more: the edits of a person who tries sizes. */
function smallEdit(text: string, random: Random): string {
  const numbers = [...text.matchAll(/(?<![\w.])\d+(?![\w.])/g)];
  if (numbers.length === 0 || random() < 0.3) return lineEdit(text, random);
  const { index, 0: found } = pick(random, numbers);
  return text.slice(0, index) + String(Math.floor(random() * 9)) + text.slice(index + found.length);
}

const LINES = ['x = x + 1', 'x = torch.zeros(2, 3)', 'y = x.sum(-1)  # (B, N)', 'pass', '# (B, N, C)', 'z = x.reshape(-1, 4)', 'self.extra = nn.Linear(4, 5)', 'N = 7'];

function lineEdit(text: string, random: Random): string {
  const lines = text.split('\n');
  const at = Math.floor(random() * lines.length);
  const indent = /^ */.exec(lines[at]!)![0];
  if (random() < 0.3) lines.splice(at, 1);
  else lines.splice(at, 0, `${indent}${pick(random, LINES)}`);
  return lines.join('\n');
}

function edited(text: string, original: string, random: Random): string {
  const kind = random();
  if (kind < 0.45) return smallEdit(text, random);
  // In several places at once, as when a name is replaced.
  if (kind < 0.6) return smallEdit(smallEdit(text, random), random);
  if (kind < 0.75) return lineEdit(text, random);
  // Broken code, and back again.
  return kind < 0.9 ? mutate(text, random).text : original;
}

/** Each with its own edits; more are run by the environment variable. */
const SEEDS = Number(process.env['SHAPELENS_SEEDS'] ?? 3);
const EDITS = 6;

/** What documents import. */
const BLOCKS = library(80);
const resolver = { resolve: (name: string) => (name === 'blocks' ? { path: '/blocks.py', text: BLOCKS, isPackage: false } : null) };
const IMPORTING = `import torch
from torch import nn
from blocks import Attention0, Mlp0

class Block(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.attn = Attention0(dim)
        self.mlp = Mlp0(dim, 128)

    def forward(self, x):
        x = x + self.attn(x)
        out = self.mlp(x).mean(1)
        return out

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()

    def forward(self, x):
        x = x.view(-1, 49, 64)
        return self.block(x)
`;

const DOCUMENTS = [
  { name: 'classes made of imported ones', text: IMPORTING },
  ...ownDocuments().filter(({ language, name }) => language === 'python' && name.startsWith('samples/')),
  { name: 'a library of classes', text: library(80) },
  { name: 'classes that are called', text: modules(120) },
];

/** What the method is given for `mask` only its caller says. */
const MASKED = `import torch
import torch.nn.functional as F
from torch import nn

class Inner(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Linear(dim, dim)

    def forward(self, x, mask=None):
        B, N, C = x.shape
        if mask is not None:
            x = x * mask
        flat = x.flatten(1)
        out = F.pad(self.proj(x), (0, 7))
        return out

class Outer(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner(8)

    def forward(self, x):
        return self.inner(x.view(-1, 4, 8), torch.ones(4, 1))
`;

const json = (file: TracedFile): unknown => JSON.parse(JSON.stringify(fileJson('a.py', file)));

/** The first edit after which the two traces differ; null where none does. Units that were repeated are counted. */
function firstDifference(parser: PythonParser, original: string, seed: number, counts: { repeated: number }): string | null {
  const random = seeded(seed);
  const retracer = new Retracer({ parser, language: 'python', resolver });
  let text = original;
  for (let edit = 0; edit < EDITS; edit++) {
    const fast = json(retracer.trace(text));
    counts.repeated += retracer.repeated;
    try {
      assert.deepEqual(fast, json(trace({ parser, language: 'python', resolver, text })));
    } catch (error) {
      return `seed ${seed}, edit ${edit}: ${(error as Error).message}`;
    }
    text = edited(text, original, random);
  }
  return null;
}

describe('traces after edits', function () {
  this.timeout(300_000);
  let parser: PythonParser;
  before(async () => { parser = await loadParser(); });

  for (const { name, text } of DOCUMENTS) {
    it(`are those from nothing: ${name}`, () => {
      const counts = { repeated: 0 };
      for (let seed = 1; seed <= SEEDS; seed++) assert.equal(firstDifference(parser, text, seed, counts), null);
      assert.ok(counts.repeated > SEEDS * EDITS, `${counts.repeated} units were used again`);
    });
  }

  it('would differ if what was asked were not compared', () => {
    const units = Units.prototype as unknown as { isAsBefore(): boolean };
    const { isAsBefore } = units;
    units.isAsBefore = () => true;
    try {
      const differing = DOCUMENTS.filter(({ text }) => [1, 2, 3].some((seed) => firstDifference(parser, text, seed, { repeated: 0 }) !== null));
      assert.ok(differing.length >= DOCUMENTS.length / 2, `only ${differing.length} of ${DOCUMENTS.length} documents differ`);
    } finally {
      units.isAsBefore = isAsBefore;
    }
  });

  it('answer a hover in the edited function as a whole trace does, with less work', () => {
    for (const { text: original } of EDITED_FILES) {
      const retracer = new Retracer({ parser, language: 'python', resolver });
      let text = original;
      retracer.trace(text);
      for (let n = 0; n < 3; n++) {
        const edit = nthEdit(text, n);
        text = applied(text, edit);
        const part = retracer.traceAt(text, edit.hover);
        assert.ok(part);
        const traced = retracer.traced;
        assert.ok(traced <= 3, `${traced} units were traced`);
        const position = positionAt(part.document, edit.hover);
        const answer = hoverText(part, position);
        assert.match(answer, edit.shows);
        assert.equal(answer, hoverText(trace({ parser, language: 'python', resolver, text }), position));
      }
    }
  });

  it('answer by the caller alone that knows all of the function, and by the function too where that one does not', () => {
    const retracer = new Retracer({ parser, language: 'python', resolver });
    let text = MASKED;
    retracer.trace(text);
    // Where the caller leaves something open, its trace is used again beside that of the function.
    for (const [from, to, units] of [['(0, 7)', '(0, 8)', 2], ['x.flatten(1)', 'torch.load("a")', 1], ['torch.load("a")', 'x.flatten(2)', 2]] as const) {
      text = text.replace(from, to);
      const offset = text.indexOf('out = ');
      const part = retracer.traceAt(text, offset);
      assert.ok(part);
      assert.equal(retracer.traced, units, `${to} takes ${retracer.traced} units`);
      const answer = hoverText(part, positionAt(part.document, offset));
      assert.equal(answer, hoverText(trace({ parser, language: 'python', resolver, text }), positionAt(part.document, offset)));
      assert.match(answer, /out: \([^\n]*, 4, 16\)/);
    }
  });

  it('trace again what is edited, and nothing of what stands between', () => {
    const parts = Array.from({ length: 9 }, (_, n) => `x${n} = torch.zeros(${n + 1}, 2)\n`);
    const textOf = (lines: readonly string[]): string => ['import torch\n', ...lines].join('');
    const edits: readonly (readonly string[])[] = [
      parts.map((line, n) => (n % 4 === 0 ? line.replace('2)', '3)') : line)),
      ['a = 1\n', ...parts.slice(1, 5), 'b = torch.zeros(7)\nc = 2\n', ...parts.slice(5, 8), 'd = 4'],
      [...parts.slice(4), ...parts.slice(0, 2)],
    ];
    for (const [i, most] of [3, 5, 7].entries()) {
      const retracer = new Retracer({ parser, language: 'python', resolver });
      retracer.trace(textOf(parts));
      const text = textOf(edits[i]!);
      assert.deepEqual(json(retracer.trace(text)), json(trace({ parser, language: 'python', resolver, text })));
      assert.ok(retracer.traced <= most, `${retracer.traced} statements of edit ${i} were traced`);
    }
  });

  it('tell a fault in a function that nothing calls, whatever an earlier text took for granted of its parameters', () => {
    const retracer = new Retracer({ parser, language: 'python', resolver });
    retracer.trace(MASKED);
    const text = MASKED.replace('flatten(1)', 'flatten(4)');
    const messages = ({ analysis }: TracedFile): string[] => analysis.findings.map(({ message }) => message);
    const again = messages(retracer.trace(text));
    assert.match(again.join(), /dim 4 is out of range/);
    assert.deepEqual(again, messages(trace({ parser, language: 'python', resolver, text })));
  });

  it('answer for each line of a function that others call as a whole trace does, after random edits', () => {
    let [alone, lines] = [0, 0];
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = seeded(seed);
      const retracer = new Retracer({ parser, language: 'python', resolver });
      let text = MASKED;
      retracer.trace(text);
      for (let edit = 0; edit < EDITS; edit++) {
        // The caller stays as it is.
        const caller = text.indexOf('class Outer');
        text = smallEdit(text.slice(0, caller), random) + text.slice(caller);
        const whole = trace({ parser, language: 'python', resolver, text });
        for (const { index } of text.matchAll(/^ {8}(?=\S)/gm)) {
          const offset = index + 8;
          const part = retracer.traceAt(text, offset);
          if (!part) continue;
          lines++;
          if (!retracer.traced) alone++;
          const position = positionAt(part.document, offset);
          assert.equal(shapeLine(part, position), shapeLine(whole, position), `seed ${seed}, edit ${edit}, ${JSON.stringify(text.slice(offset, text.indexOf('\n', offset)))}`);
        }
        retracer.trace(text);
      }
    }
    assert.ok(lines > SEEDS * EDITS, `${lines} lines were answered by a part`);
    assert.ok(alone > lines / 2, `${alone} of ${lines} needed nothing new`);
  });

  it('answer a hover after random edits as a whole trace does, or leave it to one', () => {
    let answered = 0;
    for (const { name, text: original } of DOCUMENTS) {
      for (let seed = 1; seed <= SEEDS; seed++) {
        const random = seeded(seed);
        const retracer = new Retracer({ parser, language: 'python', resolver });
        retracer.trace(original);
        let text = original;
        for (let edit = 0; edit < EDITS; edit++) {
          const before = text;
          text = smallEdit(text, random);
          const offset = startOfCode(text, firstDifferent(before, text));
          const part = retracer.traceAt(text, offset);
          if (!part) {
            retracer.trace(text);
            continue;
          }
          answered++;
          const position = positionAt(part.document, offset);
          assert.equal(hoverText(part, position), hoverText(trace({ parser, language: 'python', resolver, text }), position), `${name}, seed ${seed}, edit ${edit}`);
        }
      }
    }
    assert.ok(answered > SEEDS * DOCUMENTS.length, `${answered} hovers were answered by a part`);
  });

  for (const [what, broken] of [['does not parse', 'hidden = F.gelu(self.expand('], ['uses a name that nothing defines', 'hidden = F.gelu(sel)']] as const) {
    it(`use what was traced before the text was one that ${what}`, () => {
      const text = library(120);
      const retracer = new Retracer({ parser, language: 'python', resolver });
      retracer.trace(text);
      const [start, end] = ['hidden = F.gelu(self.expand(x))', 'hidden = F.relu(self.expand(x))'];
      const unfinished = text.replace(start, broken);
      for (let request = 0; request < 2; request++) {
        let pieces = 1;
        for (let left = 1; !retracer.advance(unfinished, () => left-- <= 0) && pieces < 100; left = 1) pieces++;
        assert.ok(pieces < 100, 'it comes to an end');
        assert.deepEqual(json(retracer.trace(unfinished)), json(trace({ parser, language: 'python', resolver, text: unfinished })));
        assert.ok(retracer.repeated > 5, `${retracer.repeated} units were used again`);
      }
      const elsewhere = unfinished.replace('return self.head(', 'return self.head((');
      assert.deepEqual(json(retracer.trace(elsewhere)), json(trace({ parser, language: 'python', resolver, text: elsewhere })));
      assert.ok(retracer.repeated > 5, `${retracer.repeated} units were used again behind a second error`);
      const mended = text.replace(start, end);
      assert.deepEqual(json(retracer.trace(mended)), json(trace({ parser, language: 'python', resolver, text: mended })));
      assert.ok(retracer.repeated > 5, `${retracer.repeated} units were used again`);
      assert.ok(retracer.traced <= 8, `${retracer.traced} units were traced`);
    });
  }

  it('keep nothing of what earlier texts computed', () => {
    const retracer = new Retracer({ parser, language: 'python', resolver });
    let { text } = EDITED_FILES[1]!;
    const nodes = (): number => retracer.trace(text).analysis.graph.filter(Boolean).length;
    const first = nodes();
    for (let n = 0; n < 20; n++) text = applied(text, nthEdit(text, n));
    for (let n = 0; n < 10; n++) {
      text = applied(text, nthEdit(text, n));
      const now = nodes();
      // Those of the last text go with the next trace.
      assert.ok(now < 2.5 * first, `${now} nodes after ${n + 1} edits, ${first} before`);
    }
  });

  it('stop between functions when told to wait, and go on from there', () => {
    const text = `${library(200)}\n\ndef logged(run):\n    def wrapper(*args):\n        return run(*args)\n    return wrapper\n\n\n@logged\ndef wrapped(x):\n    return x.view(3, -1)\n`;
    const retracer = new Retracer({ parser, language: 'python', resolver });
    retracer.trace(text);
    const changed = text.replaceAll('dim * 4', 'dim * 5');
    let pieces = 1;
    for (let left = 1; !retracer.advance(changed, () => left-- <= 0) && pieces < 100; left = 1) pieces++;
    assert.ok(pieces > 3 && pieces < 100, `${pieces} pieces`);
    const file = retracer.trace(changed);
    assert.equal(retracer.traced, 0);
    assert.deepEqual(json(file), json(trace({ parser, language: 'python', resolver, text: changed })));
  });
});

function firstDifferent(before: string, after: string): number {
  let at = 0;
  while (at < before.length && before[at] === after[at]) at++;
  return at;
}

/** What the line of an offset begins with: mostly what it stores. */
function startOfCode(text: string, offset: number): number {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return start + /^ */.exec(text.slice(start))![0].length;
}

const shapeLine = (file: TracedFile, position: Position): string => hoverText(file, position).split('\n').slice(1, 2).join();

function hoverText(file: TracedFile, position: Position): string {
  const open: OpenFile = { ...file, uri: 'file:///a.py', cells: null, cell: null, choice: null, chosen: null };
  return (hover(open, position, false)?.contents as MarkupContent | undefined)?.value ?? '';
}
