// Posts from the web, as they stand there. They are not part of this project; where they are missing the tests are skipped.
import assert from 'node:assert/strict';
import { parseOutput } from '../../src/documents/outputs';
import { printingStatements } from '../../src/documents/statements';
import { marksOf, pythonParser, read, seed } from './support';

const names = ['000', '001', '002', '003', '004'];

function withSeed(name: string, test: (text: string) => Promise<void>): Mocha.AsyncFunc {
  return async function (this: Mocha.Context) {
    const text = seed(name);
    if (text === null) this.skip();
    await test(text);
  };
}

describe('posts from the web', () => {
  it('give code, outputs and prose of a dump without fences', withSeed('000', async (text) => {
    const document = await read('text', text);
    const module = (await pythonParser()).parse(document.source);
    assert.deepEqual(module.errors, []);
    const marks = marksOf(document);
    const lines = text.split('\n');
    const footer = lines.findIndex((line) => line.startsWith('The above code'));
    assert.ok(footer > 0 && marks.slice(footer).every((mark) => mark === 'P' || mark === '.'), 'nothing in the footer');
    const items = document.outputs.flatMap((output) => parseOutput(output.text, output.range.start).items);
    assert.equal(items.filter((item) => item.kind === 'tensor').length, lines.join('\n').match(/tensor\(\[/g)!.length);
    assert.equal(items.filter((item) => item.kind === 'size').length, text.match(/torch\.Size/g)!.length);
    for (const [index, line] of lines.entries()) if (/^(?:print\(|\w+ ?=)/.test(line)) assert.equal(marks[index], 'C', line);
    assert.equal(printingStatements(module, document).filter((statement) => statement.shows === 'print').length, text.match(/^print/gm)!.length);
  }));

  it('give a transcript between prose', withSeed('002', async (text) => {
    const document = await read('text', text);
    const marks = marksOf(document);
    text.split('\n').forEach((line, index) => assert.equal(marks[index] === 'T', line.startsWith('>>>'), line));
    assert.equal(document.outputs.length, 3);
    assert.deepEqual((await pythonParser()).parse(document.source).errors, []);
  }));

  it('give the code between Chinese prose', withSeed('003', async (text) => {
    const document = await read('text', text);
    const module = (await pythonParser()).parse(document.source);
    assert.deepEqual(module.errors, []);
    assert.deepEqual(module.body.filter((statement) => statement.kind === 'ClassDef').map((statement) => statement.kind === 'ClassDef' && statement.name), [...text.matchAll(/^class (\w+)/gm)].map((match) => match[1]));
    assert.equal(document.outputs.length, 0);
  }));

  it('give code that starts indented and is cut off', withSeed('004', async (text) => {
    const { source, cells } = await read('text', text);
    assert.equal(cells.length, 3);
    assert.match(source, /^q_h, q_w = q_size$/m);
    assert.match(source, /^return attn$/m);
  }));

  for (const name of names) {
    it(`lead each character of the module text of ${name} to the document and back`, withSeed(name, async (text) => {
      const document = await read('text', text);
      for (const piece of document.map.pieces) {
        assert.equal(document.source.slice(piece.source, piece.source + piece.length), text.slice(piece.document, piece.document + piece.length));
        for (let offset = piece.source; offset < piece.source + piece.length; offset++) assert.equal(document.map.toSource(document.map.toDocument(offset)), offset);
      }
    }));
  }
});
