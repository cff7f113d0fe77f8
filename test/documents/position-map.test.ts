import assert from 'node:assert/strict';
import { LineIndex } from '../../src/documents/line-index';
import { PositionMap } from '../../src/documents/position-map';
import { seeded } from './support';

describe('position map', () => {
  const map = new PositionMap([
    { source: 0, document: 10, length: 5 },
    { source: 7, document: 40, length: 3 },
    { source: 10, document: 20, length: 4 },
  ]);

  it('leads to the document and back', () => {
    assert.equal(map.toDocument(0), 10);
    assert.equal(map.toDocument(8), 41);
    assert.equal(map.toSource(12), 2);
    assert.equal(map.toSource(21), 11);
  });

  it('gives inserted text no width', () => {
    assert.equal(map.toDocument(5), 15);
    assert.equal(map.toDocument(6), 15);
    assert.deepEqual(map.spanToDocument({ start: 5, end: 7 }), { start: 15, end: 15 });
  });

  it('keeps a span within what it covers', () => {
    assert.deepEqual(map.spanToDocument({ start: 2, end: 5 }), { start: 12, end: 15 });
    assert.deepEqual(map.spanToDocument({ start: 7, end: 10 }), { start: 40, end: 43 });
  });

  it('knows what is not in the module text', () => {
    assert.equal(map.toSource(9), null);
    assert.equal(map.toSource(30), null);
    assert.equal(map.toSource(15), 5, 'a cursor behind the last character');
    assert.equal(map.toSource(16), null);
    assert.equal(map.spanToSource({ start: 12, end: 30 }), null);
    assert.deepEqual(map.spanToSource({ start: 12, end: 15 }), { start: 2, end: 5 });
  });

  it('is right for an empty document', () => {
    const empty = new PositionMap([]);
    assert.equal(empty.toDocument(3), 0);
    assert.equal(empty.toSource(0), null);
  });

  it('leads each character of random pieces there and back', () => {
    const random = seeded(7);
    for (let run = 0; run < 200; run++) {
      const pieces = [];
      const order = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, index) => index).sort(() => random() - 0.5);
      let source = 0;
      for (const index of order) {
        source += Math.floor(random() * 3);
        const length = 1 + Math.floor(random() * 9);
        pieces.push({ source, document: index * 20 + Math.floor(random() * 10), length });
        source += length;
      }
      const random_ = new PositionMap(pieces);
      for (const piece of pieces) {
        for (let offset = piece.source; offset < piece.source + piece.length; offset++) {
          assert.equal(random_.toDocument(offset), piece.document + offset - piece.source);
          assert.equal(random_.toSource(random_.toDocument(offset)), offset);
        }
      }
    }
  });
});

describe('line index', () => {
  it('counts as editors do', () => {
    const lines = new LineIndex('a\r\nbc\n\nd\re');
    assert.equal(lines.lineCount, 5);
    assert.deepEqual(lines.position(4), { line: 1, character: 1 });
    assert.deepEqual([0, 1, 2, 3, 4].map((line) => lines.lineText(line)), ['a', 'bc', '', 'd', 'e']);
    assert.equal(lines.offset({ line: 1, character: 9 }), 5, 'a character behind the end of the line');
  });

  it('gives a byte order mark no column', () => {
    const lines = new LineIndex('\uFEFFx = 1\ny');
    assert.deepEqual(lines.position(1), { line: 0, character: 0 });
    assert.deepEqual(lines.position(0), { line: 0, character: 0 });
    assert.equal(lines.offset({ line: 0, character: 4 }), 5);
    assert.deepEqual(lines.position(7), { line: 1, character: 0 });
  });

  it('counts UTF-16 units', () => {
    assert.deepEqual(new LineIndex('x😀y').position(3), { line: 0, character: 3 });
  });

  it('leads each offset there and back', () => {
    const text = 'one\n\r\nthree\r\n\n  five';
    const lines = new LineIndex(text);
    for (let offset = 0; offset <= text.length; offset++) {
      if (text[offset - 1] === '\r') continue;
      assert.equal(lines.offset(lines.position(offset)), offset);
    }
  });
});
