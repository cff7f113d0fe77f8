import assert from 'node:assert/strict';
import { offsetAt, positionAt } from '../../src/documents/document';
import { read } from './support';

const notebook = (...cells: object[]): string => JSON.stringify({ cells, nbformat: 4, nbformat_minor: 5, metadata: {} });
const code = (source: string | string[], ...outputs: object[]): object => ({ cell_type: 'code', source, outputs });

describe('a notebook', () => {
  it('is one module of its code cells, with positions in each', async () => {
    const document = await read('notebook', notebook(
      code(['import torch\n', 'x = torch.ones(2)']),
      { cell_type: 'markdown', source: 'x = 3' },
      code('\ny = x + 1\ny', { output_type: 'execute_result', data: { 'text/plain': ['tensor([2., ', '2.])'] } }),
    ));
    assert.equal(document.error, null);
    assert.equal(document.source, 'import torch\nx = torch.ones(2)\n\ny = x + 1\ny\n');
    const offset = document.map.toDocument(document.source.indexOf('y'));
    assert.deepEqual(positionAt(document, offset), { line: 1, character: 0, cell: 2 });
    assert.equal(offsetAt(document, { cell: 2, line: 1, character: 0 }), offset);
    assert.equal(offsetAt(document, { cell: 7, line: 0, character: 0 }), null);
    assert.deepEqual(document.outputs.map((output) => [output.text, output.cell]), [['tensor([2., 2.])', 1]]);
    assert.deepEqual(positionAt(document, document.outputs[0]!.range.start + 3), { line: 0, character: 3, cell: 2, output: 0 });
    assert.equal(document.prose.map((span) => document.text.slice(span.start, span.end)).join('|'), 'x = 3');
  });

  it('has the texts that were printed as outputs, and no warnings or pictures', async () => {
    const { outputs } = await read('notebook', notebook(code('print(1)',
      { output_type: 'stream', name: 'stdout', text: '1\n' },
      { output_type: 'stream', name: 'stderr', text: 'UserWarning' },
      { output_type: 'display_data', data: { 'image/png': 'AAAA' } },
      { output_type: 'error', ename: 'E', evalue: 'v', traceback: [] },
    )));
    assert.deepEqual(outputs.map((output) => output.text), ['1\n']);
  });

  it('blanks magics in place', async () => {
    const { source } = await read('notebook', notebook(
      code('%matplotlib inline\n!pip install x\nx = 1\nif x:\n    !ls -l\nhelp?\nfiles = !ls\ny = """\n%kept\n"""\nz = 7 %\\\n3'),
      code('%%bash\necho hi'),
      code('%%time\nw = 2'),
    ));
    const lines = source.split('\n');
    assert.equal(lines[0], ' '.repeat('%matplotlib inline'.length));
    assert.equal(lines[1], ' '.repeat('!pip install x'.length));
    assert.deepEqual(lines.slice(2, 5), ['x = 1', 'if x:', '    pass  ']);
    assert.deepEqual(lines.slice(5, 12), ['     ', '           ', 'y = """', '%kept', '"""', 'z = 7 %\\', '3']);
    assert.deepEqual(lines.slice(12), ['      ', '       ', '      ', 'w = 2', '']);
  });

  it('says what is wrong with a file that is none', async () => {
    assert.match((await read('notebook', '{"cells": [')).error!, /not valid JSON/);
    assert.match((await read('notebook', '[1]')).error!, /no list of cells/);
    for (const cells of ['[null, 1, {}]', '[{"cell_type":"code","source":5,"outputs":[null,{"output_type":"stream"}]}]']) {
      const document = await read('notebook', `{"cells": ${cells}}`);
      assert.equal(document.error, null);
      assert.equal(document.source, '');
    }
  });
});
