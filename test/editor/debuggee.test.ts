/** A variable of a paused program, saved through debugpy itself. */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import { isVariable, saveVariable, stopOf } from '../../src/editor/debuggee';
import type { Debuggee, Stop } from '../../src/editor/debuggee';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';
import { skip } from '../skip';
import { PACKAGES, whyNoDebugger } from './debugpy';

const PROGRAM = `import numpy

class Tensor:
    """As torch's tensors answer."""
    dtype = "torch.float32"

    def __init__(self, values):
        self.values = values

    def detach(self):
        return self

    cpu = float = resolve_conj = resolve_neg = detach

    def is_floating_point(self):
        return True

    def numpy(self):
        return self.values


class Block:
    table = Tensor(numpy.arange(6, dtype="float32").reshape(2, 3))


block = Block()
index = numpy.array([[1, 0], [2, 2]])
blocks = {"first": [index + 1]}
words = ["no", "tensor"]
done = True
`;

describe('a paused program', function () {
  this.timeout(180_000);
  let client: DebugClient;
  let folder: string;
  let program: Debuggee;
  let stop: Stop;

  before(async function () {
    const reason = await whyNoDebugger();
    if (reason !== null) skip(this, reason);
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-debuggee-'));
    const script = path.join(folder, 'program.py');
    fs.writeFileSync(script, PROGRAM);
    client = new DebugClient('python3', path.join(PACKAGES, 'debugpy', 'adapter'), 'debugpy');
    await client.start();
    await Promise.all([
      client.launch({ program: script, console: 'internalConsole', env: { PYTHONPATH: PACKAGES }, justMyCode: true } as never),
      client.waitForEvent('initialized').then(async () => {
        await client.setBreakpointsRequest({ source: { path: script }, breakpoints: [{ line: PROGRAM.split('\n').indexOf('done = True') + 1 }] });
        await client.configurationDoneRequest();
      }),
      client.waitForEvent('stopped', 60_000),
    ]);
    program = { customRequest: async (command, args) => ((await client.customRequest(command, args)) as { body: unknown }).body };
    stop = (await stopOf(program, {}))!;
  });

  after(async () => {
    await client?.stop();
    if (folder) fs.rmSync(folder, { recursive: true, force: true });
  });

  async function saved(name: string): Promise<{ shape: readonly number[]; dtype: string; bytes: number }> {
    const file = path.join(folder, 'saved.npy');
    await saveVariable(program, name, file, stop);
    const opened = await openTensorPath(file);
    const { shape, dtype, bytes } = opened.tensors[0]!;
    await opened.close();
    fs.rmSync(file);
    return { shape, dtype, bytes };
  }

  it('says where it has stopped', () => {
    assert.equal(path.basename(stop.file!), 'program.py');
    assert.equal(stop.line, PROGRAM.split('\n').indexOf('done = True') + 1);
  });

  it('saves an array, an attribute, and an item of a container', async () => {
    assert.deepEqual(await saved('index'), { shape: [2, 2], dtype: 'int64', bytes: 32 });
    assert.deepEqual(await saved('block.table'), { shape: [2, 3], dtype: 'float32', bytes: 24 });
    assert.deepEqual(await saved('blocks["first"][0]'), { shape: [2, 2], dtype: 'int64', bytes: 32 });
  });

  it('says so where a name has no tensor', async () => {
    await assert.rejects(saved('missing'), /missing/);
    await assert.rejects(saved('block'), /./);
  });

  it('is never asked to run anything but that', async () => {
    for (const name of ['f()', 'a; b', 'x if y else z', '__import__("os")', 'x[f()]', "x['\\'+f()+'']", 'x\ny', '']) {
      assert.equal(isVariable(name), false, name);
      await assert.rejects(saveVariable({ customRequest: () => assert.fail('it was asked') }, name, 'x.npy', stop), /is no variable/);
    }
  });
});
