// Damaged and hostile files: refused with what is wrong and where, in bounded time and memory, and nothing is executed.
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateRawSync } from 'node:zlib';
import { MemoryBytes, TensorFileError } from '../../src/tensorfiles/bytes';
import type { ByteSource } from '../../src/tensorfiles/bytes';
import { openTensorPath } from '../../src/tensorfiles/fileBytes';
import { openTensorFile } from '../../src/tensorfiles/open';
import { numelOf } from '../../src/tensorfiles/tensor';
import { readAll } from '../../src/tensorfiles/read';
import { bytes, checkpoint, global, npy, pickle, reduce, safetensors, tensorPickle, u32, u64, zip } from './pickles';

const folder = path.join('test', 'tensorfiles', 'fixtures');

/** Counts what is read at once, and stands for a huge file where `size` is given. */
class Watched implements ByteSource {
  largest = 0;
  private readonly memory: MemoryBytes;
  constructor(private readonly content: Uint8Array, readonly size = content.length) { this.memory = new MemoryBytes(content); }
  async read(offset: number, length: number): Promise<Uint8Array> {
    this.largest = Math.max(this.largest, length);
    return offset + length <= this.content.length ? this.memory.read(offset, length) : new Uint8Array(length);
  }
}

/** Opens and reads all of it, as far as it goes. */
async function readWhole(content: Uint8Array, name: string): Promise<number> {
  const file = await openTensorFile(new Watched(content), name);
  try {
    for (const tensor of file.tensors) if (tensor.unreadable === null && numelOf(tensor.shape) < 1e6) await readAll(tensor, 1e6);
    return file.tensors.length;
  } finally {
    await file.close();
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const refused = (content: Uint8Array, problem: RegExp, name = 'file.pt'): Promise<void> => assert.rejects(readWhole(content, name), (error: unknown) => {
  assert.ok(error instanceof TensorFileError, String((error as Error).stack));
  assert.match(error.message, problem);
  return true;
});

describe('hostile files of tensors', function () {
  this.timeout(20_000);
  // What waits to be collected is not counted: when that happens is for the engine to say.
  const kept = (): number => {
    collect();
    const { arrayBuffers, heapUsed } = process.memoryUsage();
    return arrayBuffers + heapUsed;
  };
  let before: number;
  beforeEach(() => { before = kept(); });
  afterEach(() => {
    const grown = kept() - before;
    assert.ok(grown < 50e6, `memory grew by ${Math.round(grown / 1e6)} MB`);
  });

  describe('pickles that would run code', () => {
    const calls: readonly [string, string][] = [['os', 'system'], ['posix', 'system'], ['nt', 'system'], ['subprocess', 'Popen'], ['builtins', 'eval'], ['builtins', 'exec'], ['builtins', 'getattr'], ['__builtin__', 'eval'],
      ['webbrowser', 'open'], ['torch', 'load'], ['torch.hub', 'load'], ['torch.serialization', 'load'], ['numpy', 'load'], ['runpy', 'run_path'], ['operator', 'attrgetter'], ['functools', 'partial'], ['pickle', 'loads'], ['torch.storage', '_load_from_bytes']];
    for (const [module, name] of calls) {
      it(`${module}.${name} is refused by name`, async () => {
        const wanted = new RegExp(`names ${module}\\.${name}, which is Python code.*nothing was executed \\(byte \\d+`);
        await refused(checkpoint(pickle(reduce(module, name, 'echo hacked'))), wanted);
        // The same by protocol 4's opcode, and where a tensor follows.
        await refused(checkpoint(bytes(0x80, 4, 0x8c, module.length, module, 0x8c, name.length, name, 0x93, 0x8c, 1, 'x', 0x85, 'R.')), wanted);
        await refused(pickle(reduce(module, name, 'echo hacked')), wanted);
      });
    }

    it('names with dots reach no further than the list', async () => {
      for (const [module, name] of [['torch', '_utils._rebuild_tensor_v2.__globals__'], ['collections', 'OrderedDict.__init__'], ['torch', 'Size.__class__'], ['', ''], ['constructor', 'prototype'], ['__proto__', 'toString']]) {
        await refused(checkpoint(pickle(reduce(module!, name!, 'x'))), /refused, and nothing was executed/);
      }
    });

    it('opcodes that make objects are refused by name', async () => {
      await refused(checkpoint(bytes('(cos\nsystem\nX', u32(1), 'xo.')), /os\.system/);
      await refused(checkpoint(bytes('(X', u32(1), 'xios\nsystem\n.')), /uses INST.*refused/);
      await refused(checkpoint(bytes('Pid\n.')), /uses PERSID.*refused/);
      await refused(checkpoint(bytes(0x80, 2, 0x82, 1, '.')), /uses EXT1.*refused/);
      await refused(checkpoint(bytes(0x80, 5, 0x97, '.')), /uses NEXT_BUFFER.*refused/);
      await refused(checkpoint(bytes(0x80, 4, global('collections', 'OrderedDict'), ')}', 0x92, '.')), /uses NEWOBJ_EX.*refused/);
      await refused(checkpoint(bytes(0xff, '.')), /0xff is no opcode/);
    });

    it('what is on the list is only called as what it is', async () => {
      await refused(checkpoint(pickle(global('torch', 'FloatStorage'), ')R')), /calls torch\.FloatStorage.*refused/);
      await refused(checkpoint(pickle(global('torch', 'Tensor'), ')', 0x81)), /makes an object of torch\.Tensor: it is refused/);
      await refused(checkpoint(pickle('X', u32(1), 'x', ')R')), /calls what is no function/);
      await refused(checkpoint(pickle(global('torch._utils', '_rebuild_tensor_v2'), ')R')), /a tensor is not described/);
      await refused(checkpoint(pickle(global('torch._tensor', '_rebuild_from_type_v2'), '(', global('torch', 'Tensor'), global('torch', 'Tensor'), ')Nt', 'R')), /calls torch\.Tensor/);
      await refused(checkpoint(pickle('K', 1, 'K', 2, 'b')), /gives a state to what has none/);
      await refused(checkpoint(pickle('X', u32(1), 'x', 'Q')), /refers to something outside that is no storage/);
    });
  });

  describe('pickles that would take all memory or time', () => {
    it('a billion laughs by the memo', async () => {
      // Ten lists, each of which holds the one before ten times.
      const levels = Array.from({ length: 12 }, (_, level) => bytes(']q', level, '(', ...(level === 0 ? ['NNNNNNNNNN'] : Array.from({ length: 10 }, () => ['h', level - 1]).flat() as (string | number)[]), 'e0')).slice(0, -1);
      await refused(checkpoint(pickle(...levels, 'h', 10)), /holds more than 1000000 values, the same ones many times over/);
    });

    it('a list that holds itself ends', async () => {
      assert.equal(await readWhole(checkpoint(pickle(']q', 0, 'h', 0, 'a')), 'x.pt'), 0);
    });

    it('values nested a hundred thousand deep', async () => {
      await refused(checkpoint(pickle('N', new Uint8Array(100_000).fill(0x85))), /nests its values deeper than 60/);
      await refused(checkpoint(pickle(new Uint8Array(1_100_000).fill(0x28))), /stacks more than 1000000/);
      await refused(checkpoint(pickle(new Uint8Array(1_100_000).fill(0x4e))), /stacks more than 1000000/);
    });

    it('steps without end', async () => {
      // A file of the old format: pickles without an archive around them.
      const steps = new Uint8Array(6_000_000).fill(0x30);
      for (let i = 2; i < steps.length; i += 2) steps[i] = 0x4e;
      steps.set([0x80, 2]);
      await refused(steps, /takes more than 5000000 steps/);
    });

    it('lengths that lie', async () => {
      await refused(checkpoint(pickle('X', u32(0xffffffff))), /the pickle is cut short: 4294967295 bytes should follow/);
      await refused(checkpoint(pickle(0x8d, u64(2n ** 63n))), /cut short: 9223372036854775808 bytes/);
      await refused(checkpoint(pickle('T', u32(0x7fffffff))), /a text of 2147483647 bytes is not read/);
      await refused(checkpoint(pickle(0x8b, u32(0x7fffffff))), /a whole number of 2147483647 bytes is not read/);
      await refused(checkpoint(pickle('L', '9'.repeat(1000), '\n')), /is no whole number/);
      await refused(checkpoint(pickle(0x95, u64(2n ** 62n))), /cut short/);
    });

    it('tensors larger than their storage', async () => {
      const four = { 0: new Uint8Array(16) };
      assert.equal(await readWhole(checkpoint(tensorPickle(), four), 'x.pt'), 1);
      await refused(checkpoint(tensorPickle({ size: [5] }), four), /the tensor w of shape \(5\) and dtype float32 needs 20 bytes, and its storage has 16 bytes/);
      await refused(checkpoint(tensorPickle({ size: [2, 2], stride: [1000, 1] }), four), /its storage has 16 bytes/);
      await refused(checkpoint(tensorPickle({ offset: 1 }), four), /its storage has 16 bytes/);
      await refused(checkpoint(tensorPickle({ offset: -1 }), four), /begins at the impossible element -1/);
      await refused(checkpoint(tensorPickle({ size: [-4] }), four), /impossible shape/);
      await refused(checkpoint(tensorPickle({ stride: [-1] }), four), /impossible strides/);
      await refused(checkpoint(tensorPickle({ size: [2 ** 40, 2 ** 40], stride: [0, 0] }), four), /impossible shape/);
      await refused(checkpoint(tensorPickle({ size: Array.from({ length: 65 }, () => 1), stride: Array.from({ length: 65 }, () => 1) }), four), /65 dims/);
      await refused(checkpoint(tensorPickle({ key: '../1' }), four), /lacks the storage archive\/data\/\.\.\/1/);
      // An expanded tensor is small in the file: nothing is read that was not asked for.
      const file = await openTensorFile(new Watched(checkpoint(tensorPickle({ size: [2 ** 20, 2 ** 20], stride: [0, 0] }), four)), 'x.pt');
      await assert.rejects(readAll(file.tensors[0]!, 1e6), /at most 1000000 are read at once/);
    });
  });

  describe('zip archives', () => {
    it('bombs are inflated up to what the directory says, and that up to a limit', async () => {
      const bomb = deflateRawSync(new Uint8Array(64e6));
      const name = 'archive/data.pkl';
      await refused(zip([{ name, data: new Uint8Array(0), size: 100, compressed: { data: bomb } }]), /too many bytes|damaged/);
      await refused(zip([{ name, data: new Uint8Array(0), size: 4e9, compressed: { data: bomb } }]), /a pickle of 4 GB is not read; the limit is 64 MB \(archive\/data\.pkl\)/);
      const array = bytes(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (900000000,), }"), new Uint8Array(8e6));
      const large = zip([{ name: 'a.npy', data: array, size: 3.6e9 + array.length, compressed: { data: deflateRawSync(array) } }]);
      const file = await openTensorFile(new Watched(large), 'a.npz');
      await assert.rejects(file.tensors[0]!.data(), /inflating it would take 3\.6 GB; the limit is 512 MB.*save it without compression/);
    });

    it('entries beyond the file, twice, encrypted or of unknown methods', async () => {
      const data = pickle('N');
      await refused(zip([{ name: 'archive/data.pkl', data, size: 1e6 }]), /damaged|cut short/);
      await refused(zip([{ name: 'a.npy', data }, { name: 'a.npy', data }]), /two entries a\.npy/);
      await refused(zip([{ name: 'readme.txt', data }]), /neither arrays of NumPy \(\.npy\) nor a PyTorch checkpoint/);
      await refused(zip([{ name: '../../etc/a.npy', data }]), /damaged: .*relative path/);
      await refused(bytes([0x50, 0x4b, 3, 4], new Uint8Array(100)), /End of central directory.*not found/);
    });
  });

  describe('safetensors headers', () => {
    const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] };
    const name = 'x.safetensors';
    it('whose length lies', async () => {
      await refused(safetensors({ a: entry }, new Uint8Array(8), 2n ** 60n), /more than 2\^53 bytes long, and the file has/, name);
      await refused(safetensors({ a: entry }, new Uint8Array(8), 1000n), /says that it is 1000 bytes long, and the file has/, name);
      await refused(safetensors({ a: entry }, new Uint8Array(8), 3n), /the header is not JSON/, name);
      const huge = new Watched(safetensors('{', new Uint8Array(8), 90_000_000n), 1e9);
      await assert.rejects(openTensorFile(huge, name), /a header of 90 MB is not read; the limit is 32 MB/);
      assert.ok(huge.largest < 1000, 'nothing of it was read');
    });
    it('whose entries lie', async () => {
      await refused(safetensors({ a: { ...entry, shape: [3] } }, new Uint8Array(8)), /a of shape \(3\) and dtype float32 takes 12 bytes; the header gives it 8/, name);
      await refused(safetensors({ a: entry, b: { ...entry, data_offsets: [4, 12] } }, new Uint8Array(12)), /the data of b begins at 4 where 8 is expected: tensors overlap/, name);
      await refused(safetensors({ a: entry }, new Uint8Array(9)), /describes 8 bytes of data, and the file has 9/, name);
      await refused(safetensors({ a: { ...entry, shape: [2 ** 40, 2 ** 40] } }, new Uint8Array(8)), /takes .* bytes; the header gives it 8/, name);
      for (const wrong of [{ ...entry, shape: [-1] }, { ...entry, shape: [1.5] }, { ...entry, data_offsets: [8, 0] }, { dtype: 'F32' }, null, 7]) await refused(safetensors({ a: wrong }, new Uint8Array(8)), /the header's entry of a is not/, name);
      await refused(safetensors('[1]'), /begins like none|not a JSON object/, name);
      await refused(safetensors(`{"a":${'['.repeat(200_000)}`), /not JSON/, name);
      await refused(safetensors('{"__proto__":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"__metadata__":7}', new Uint8Array(4)), /describes 8 bytes of data/, name);
    });
  });

  describe('.npy headers', () => {
    const name = 'x.npy';
    it('with code in them', async () => {
      await refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (__import__('os').system('echo hacked'),)}"), /no plain literal: it has "__import__\('os'\)\.sy.* nothing of it is executed/, name);
      await refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2*10**9,)}"), /no plain literal: it has "\*10/, name);
      await refused(npy("{'descr': '<f4', 'fortran_order': 1 if True else 2, 'shape': (2,)}"), /no plain literal/, name);
      await refused(npy("exec('x')"), /no plain literal/, name);
      await refused(npy('('.repeat(50_000)), /nests deeper than 20/, name);
    });
    it('that lie', async () => {
      await refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000000,)}"), /needs 4 TB, and its storage has 0 bytes/, name);
      await refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999999,)}"), /no tuple of sizes/, name);
      await refused(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}"), /no tuple of sizes/, name);
      await refused(npy("{'descr': '<f4', 'fortran_order': False}"), /the header has no shape/, name);
      await refused(npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,)}"), /could run code/, name);
      await refused(npy('{}', new Uint8Array(0), 60_000), /says that it is 60000 bytes long/, name);
      await refused(bytes([0x93], 'NUMPY', 2, 0, u32(0xffffffff)), /a header of 4\.3 GB is not read/, name);
      await refused(bytes([0x93], 'NUMPY', 9, 0, u32(10)), /version 9\.0 of the \.npy format/, name);
    });
  });

  describe('indices of checkpoints in several files', () => {
    const shards = mkdtempSync(path.join(tmpdir(), 'shapelens-shards-'));
    after(() => rmSync(shards, { recursive: true, force: true }));
    const rejected = async (index: unknown, problem: RegExp): Promise<void> => {
      const file = path.join(shards, 'model.safetensors.index.json');
      writeFileSync(file, typeof index === 'string' ? index : JSON.stringify(index));
      await assert.rejects(openTensorPath(file), (error: unknown) => error instanceof TensorFileError && problem.test(error.message), String(problem));
    };

    it('that name other places of the disk', async () => {
      for (const shard of ['../a.safetensors', '/etc/passwd', 'a/b.safetensors', 'c:\\a.safetensors', '..', '', 7, 'model.safetensors.index.json']) await rejected({ weight_map: { x: shard } }, /the index says that x is in .*, which is no file beside it/);
    });

    it('that are none, or lie', async () => {
      await rejected('{', /the index is not JSON/);
      await rejected([], /no "weight_map"/);
      await rejected({ weight_map: { x: 'a.safetensors' } }, /the index names a\.safetensors, and there is no such file beside it/);
      copyFileSync(path.join(folder, 'model.safetensors'), path.join(shards, 'a.safetensors'));
      await rejected({ weight_map: { nothing: 'a.safetensors' } }, /says that nothing is in a\.safetensors, and it is not/);
      writeFileSync(path.join(shards, 'b.bin'), checkpoint(pickle(reduce('os', 'system', 'echo hacked'))));
      await rejected({ weight_map: { x: 'b.bin' } }, /b\.bin: .*names os\.system, which is Python code/);
      await rejected({ weight_map: Object.fromEntries(Array.from({ length: 2001 }, (_, i) => [`x${i}`, `${i}.safetensors`])) }, /more than 2000 files/);
    });
  });

  it('files that are none', async () => {
    await refused(new Uint8Array(0), /the file is empty/);
    await refused(bytes('import torch\n'), /no file of tensors: it begins like none of/);
    await refused(bytes('GIF89a'), /no \.npy file/, 'a.npy');
    await refused(pickle('K', 1), /a pickle, and no checkpoint of torch/);
  });

  // Each format's fixtures, changed a hundred times each; the seed says how.
  for (const name of readdirSync(folder).filter((each) => !/\.(py|json)$/.test(each))) {
    it(`a hundred mutations of ${name}`, async () => {
      const original = readFileSync(path.join(folder, name));
      for (let seed = 1; seed <= 100; seed++) {
        const content = mutated(original, seed);
        const began = performance.now();
        try {
          await readWhole(content, name);
        } catch (error) {
          assert.ok(error instanceof TensorFileError, `seed ${seed}: ${(error as Error).stack}`);
          assert.ok(error.message.length < 1000, `seed ${seed}`);
        }
        assert.ok(performance.now() - began < 5000, `seed ${seed} took ${performance.now() - began} ms`);
      }
    });
  }
});

/** Cut short, bytes changed, a run repeated, removed, or overwritten with extremes. */
function mutated(original: Uint8Array, seed: number): Uint8Array {
  let state = seed * 0x9e3779b1;
  const random = (below: number): number => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
  const at = random(original.length);
  const length = 1 + random(16);
  switch (seed % 5) {
    case 0: return original.slice(0, at);
    case 1: {
      const content = Uint8Array.from(original);
      for (let i = 0; i < length; i++) content[random(content.length)] = random(256);
      return content;
    }
    case 2: return bytes(original.subarray(0, at), original.subarray(at, at + length), original.subarray(at));
    case 3: return bytes(original.subarray(0, at), original.subarray(at + length));
    default: return Uint8Array.from(original).fill(seed % 2 === 0 ? 0xff : 0, at, at + 8);
  }
}
