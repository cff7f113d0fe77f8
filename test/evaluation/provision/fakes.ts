/** A tiny wheel, a pip that hands it out, and a package with a ready addon: provisioning without network or compiler. */
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as zlib from 'node:zlib';
import type { Pip } from '../../../src/evaluation/provision/pip';
import type { ProvisionOptions, ProvisionStep } from '../../../src/evaluation/provision/provision';
import type { Wheel } from '../../../src/evaluation/provision/wheels';

/** A zip archive of deflated entries, as its specification (APPNOTE 6.3) lays it out. */
export function zipOf(entries: Readonly<Record<string, string>>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(entries)) {
    const data = Buffer.from(text);
    const packed = zlib.deflateRawSync(data);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(zlib.crc32 ? zlib.crc32(data) : 0, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(data.length, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    centrals.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.of(20, 0), common, tail, Buffer.from(name)]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(centrals.length, 4);
  end.writeUInt16LE(centrals.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, central, Buffer.from('PK\x05\x06'), end]);
}

export const CONTENTS = {
  'tensorflow/__init__.py': 'raise SystemExit("never run")',
  'tensorflow/libtensorflow_cc.so.2': 'the library '.repeat(2000),
  'tensorflow/libtensorflow_framework.so.2': 'the framework',
  'tensorflow/include/tensorflow/c/c_api.h': '// header',
  'tensorflow/include/tensorflow/core/other.h': '// not needed',
};

export interface Fakes {
  readonly root: string;
  readonly cache: string;
  readonly wheel: Wheel;
  /** Downloads that were started. */
  readonly downloads: () => number;
  readonly steps: ProvisionStep[];
  /** Folders that were probed. */
  readonly probed: string[];
  options(more?: Partial<ProvisionOptions>): ProvisionOptions;
  remove(): void;
}

/** `content`: what pip hands out, where it is not the wheel that is pinned. */
export function fakes({ contents = CONTENTS, content, pipSays, slow = false }: { contents?: Record<string, string>; content?: Buffer; pipSays?: string; slow?: boolean } = {}): Fakes {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-provision-'));
  const cache = path.join(root, 'cache');
  const archive = zipOf(contents);
  const wheel: Wheel = {
    distribution: 'tensorflow-cpu', version: '0.0.1', file: 'tensorflow_cpu-0.0.1.whl', platformTag: 'any', diskBytes: 1e6,
    size: archive.length, sha256: createHash('sha256').update(archive).digest('hex'),
  };
  fs.writeFileSync(path.join(root, 'handed-out'), content ?? archive);
  const addon = path.join(root, 'package', 'dist', 'native', `${process.platform}-${process.arch}`, 'tfjs_binding.node');
  fs.mkdirSync(path.dirname(addon), { recursive: true });
  fs.writeFileSync(addon, 'the addon');
  const script = path.join(root, 'pip.cjs');
  fs.writeFileSync(script, `
    const fs = require('fs'), path = require('path');
    const to = process.argv[process.argv.indexOf('--dest') + 1];
    fs.appendFileSync(${JSON.stringify(path.join(root, 'log'))}, 'download\\n');
    const says = ${JSON.stringify(pipSays ?? null)};
    if (says) { process.stderr.write(says); process.exit(1); }
    if (${slow}) { fs.writeFileSync(path.join(to, 'half'), 'half'); setTimeout(() => {}, 60000); }
    else fs.copyFileSync(${JSON.stringify(path.join(root, 'handed-out'))}, path.join(to, ${JSON.stringify(wheel.file)}));
  `);
  const pip: Pip = { command: process.execPath, args: [script] };
  const steps: ProvisionStep[] = [];
  const probed: string[] = [];
  return {
    root, cache, wheel, steps, probed,
    downloads: () => (fs.existsSync(path.join(root, 'log')) ? fs.readFileSync(path.join(root, 'log'), 'utf8').split('\n').length - 1 : 0),
    options: (more = {}) => ({
      packageRoot: path.join(root, 'package'), cache, wheel, pip,
      probe: async (directory) => { probed.push(directory); },
      onProgress: ({ step }) => { if (steps.at(-1) !== step) steps.push(step); },
      ...more,
    }),
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  };
}
