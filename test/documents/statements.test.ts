import assert from 'node:assert/strict';
import type { Language } from '../../src/documents/language';
import { printingStatements } from '../../src/documents/statements';
import { pythonParser, read } from './support';

/** Each printing statement: how, and its parts, values in angle brackets. */
async function printed(language: Language, text: string): Promise<string[]> {
  const document = await read(language, text);
  const module = (await pythonParser()).parse(document.source);
  return printingStatements(module, document).map(({ shows, certain, within, parts }) => {
    const shown = parts.map((part) => (part.kind === 'text' ? JSON.stringify(part.text) : `<${document.source.slice(part.span.start, part.span.end)}>`)).join(' ');
    return `${within === 'module' ? '' : `${within}: `}${shows}${certain ? '' : '?'} ${shown}`;
  });
}

describe('printing statements', () => {
  it('are calls of print with their parts', async () => {
    assert.deepEqual(await printed('python', 'print("a :\\n", x.shape, x[0])\nx\nprint()\n'), ['print "a :\\n" <x.shape> <x[0]>', 'print ']);
  });

  it('take formatted text apart', async () => {
    assert.deepEqual(await printed('python', 'print(f"x: {x.shape} and {y:.2f}!")\nprint("n = {} of {:d}".format(n, m), "%d and %s" % (a, b))\nprint("s " + str(s) + ".")\n'), [
      'print "x: " <x.shape> " and " <y> "!"', 'print "n = " <n> " of " <m> <a> " and " <b>', 'print "s " <s> "."',
    ]);
  });

  it('take displays of several values apart, but not lists of numbers', async () => {
    assert.deepEqual(await printed('python', 'print((a, b), {c})\nprint([1, 2], (-1, 2))\n'), ['print <a> <b> <c>', 'print <[1, 2]> <(-1, 2)>']);
  });

  it('stand in loops and functions', async () => {
    assert.deepEqual(await printed('python', 'for i in x:\n    print(i)\ndef f():\n    if y:\n        print(y)\n'), ['loop: print <i>', 'function: print <y>']);
  });

  it('are the last expression of a notebook cell', async () => {
    const cell = (source: string): object => ({ cell_type: 'code', source, outputs: [] });
    const notebook = JSON.stringify({ cells: [cell('x\nx.shape'), cell('y;'), cell('z = 1'), cell('f(x)')] });
    assert.deepEqual(await printed('notebook', notebook), ['value <x.shape>', 'value <f(x)>']);
  });

  it('are all expressions at a prompt', async () => {
    assert.deepEqual(await printed('text', '>>> x = torch.ones(2)\n>>> x\ntensor([1., 1.])\n>>> x.sum()\n>>> print(x)\n'), ['value <x>', 'value <x.sum()>', 'print <x>']);
  });

  it('may be expressions of a post, but no calls in the middle', async () => {
    assert.deepEqual(await printed('text', 'x = torch.ones(2)\nx.zero_()\nx[0]\nprint(x)\nx.fill_(1)\n'), ['value? <x[0]>', 'print <x>', 'value? <x.fill_(1)>']);
  });
});
