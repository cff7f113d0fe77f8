import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { sourcesFor } from '../../src/node/sources';

describe('the sources of imports', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sources-'));
  after(() => fs.rmSync(folder, { recursive: true }));

  function write(name: string, text = 'x = 1\n'): string {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  }

  it('finds a package without __init__.py by the folder that has its name', () => {
    const file = write('bare/zoo/nets/attention.py');
    write('bare/zoo/nets/util.py');
    const { resolve } = sourcesFor(file, null);
    assert.equal(resolve('zoo.nets.util')?.path, path.join(folder, 'bare/zoo/nets/util.py'));
    assert.equal(resolve('zoo.nets.absent'), null);
  });

  it('finds what lies in the folder that holds the project', () => {
    const file = write('project/models/net.py');
    write('project/README.md');
    write('project/layers/mlp.py');
    write('layers/outside.py');
    const { resolve } = sourcesFor(file, null);
    assert.equal(resolve('layers.mlp')?.path, path.join(folder, 'project/layers/mlp.py'));
    assert.equal(resolve('layers.outside'), null);
  });

  it('finds what lies beside a file of a package, as for a script that is run there', () => {
    const file = write('flow/core/net.py');
    write('flow/core/__init__.py', '');
    write('flow/core/tools/__init__.py', '');
    write('flow/core/tools/grid.py');
    write('flow/core/layers.py');
    const { resolve } = sourcesFor(file, null);
    assert.equal(resolve('core.layers')?.path, path.join(folder, 'flow/core/layers.py'));
    assert.equal(resolve('layers')?.path, path.join(folder, 'flow/core/layers.py'));
    assert.equal(resolve('tools.grid')?.path, path.join(folder, 'flow/core/tools/grid.py'));
  });

  it('finds a package in the src of its project, and one that is installed in place', () => {
    const test = write('laid/tests/test_net.py');
    write('laid/pyproject.toml', '');
    write('laid/src/zoo/net.py');
    write('developed/other/net.py');
    write('env/lib/python3.11/site-packages/__editable__.other-1.0.pth', `${path.join(folder, 'developed')}\n`);
    const { resolve } = sourcesFor(test, path.join(folder, 'env'));
    assert.equal(resolve('zoo.net')?.path, path.join(folder, 'laid/src/zoo/net.py'));
    assert.equal(resolve('other.net')?.path, path.join(folder, 'developed/other/net.py'));
  });

  it('finds a project\'s own module before an installed one of its name', () => {
    const file = write('run/parts/net.py');
    write('run/requirements.txt', '');
    write('run/model.py');
    write('env/lib/python3.11/site-packages/model/__init__.py');
    write('env/lib/python3.11/site-packages/tools.py');
    const { resolve } = sourcesFor(file, path.join(folder, 'env'));
    assert.equal(resolve('model')?.path, path.join(folder, 'run/model.py'));
    assert.equal(resolve('tools')?.path, path.join(folder, 'env/lib/python3.11/site-packages/tools.py'));
  });

  it('finds what lies beside the folder of a file, where nothing marks the project', () => {
    const file = write('unmarked/models/net.py');
    write('unmarked/layers/block.py', 'x = 1\n');
    const sources = sourcesFor(file, null);
    assert.equal(sources.resolve('layers.block')?.path, path.join(folder, 'unmarked/layers/block.py'));
    assert.equal(sources.resolve('layers.absent'), null);
  });

  it('reads what is open in an editor before what is saved, and tells when that changes', () => {
    const file = write('edited/main.py');
    const imported = write('edited/part.py', 'x = 1\n');
    let opened: string | null = 'x = 2\n';
    const sources = sourcesFor(file, null, (each) => (each === imported ? opened : null));
    assert.equal(sources.resolve('part')?.text, 'x = 2\n');
    assert.equal(sources.isCurrent!(), true);
    opened = 'x = 3\n';
    assert.deepEqual([sources.isCurrent!(), sources.isCurrent!(imported), sources.isCurrent!(file)], [false, false, true]);
    opened = null;
    assert.equal(sources.isCurrent!(), false);
    // Saved as it was.
    fs.writeFileSync(imported, 'x = 2\n');
    assert.equal(sources.isCurrent!(), true);
    fs.rmSync(imported);
    assert.equal(sources.isCurrent!(), false);
  });
});
