/**
 * The addon that joins tfjs-node's JavaScript to the library: the one shipped beside the bundle where there is one, else
 * compiled from tfjs-node's own sources. It finds the libraries in its own folder (`$ORIGIN`) and serves every Node
 * from 12.22 on (N-API 8).
 */
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { ProvisionError } from './errors';
import { runProcess } from './process';
import { ADDON, LIBRARIES } from './wheels';

/** Where a packaged extension keeps an addon that was built with it. */
export function prebuiltAddon(packageRoot: string): string {
  return path.join(packageRoot, 'dist', 'native', `${process.platform}-${process.arch}`, ADDON);
}

/** Puts the addon into `directory`, which already holds the libraries and headers. @throws ProvisionError */
export async function placeAddon(directory: string, packageRoot: string, signal?: AbortSignal): Promise<void> {
  const prebuilt = prebuiltAddon(packageRoot);
  if (await exists(prebuilt)) {
    await fs.copyFile(prebuilt, path.join(directory, ADDON));
    return;
  }
  await compileAddon(directory, packageRoot, signal);
}

async function findSources(packageRoot: string): Promise<{ readonly binding: string | null; readonly nodeApi: string | null }> {
  return {
    binding: await findUpwards(packageRoot, path.join('node_modules', '@tensorflow', 'tfjs-node', 'binding')),
    nodeApi: await findUpwards(packageRoot, path.join('node_modules', 'node-api-headers', 'include')),
  };
}

/** Whether an addon could be compiled here, given a compiler. */
export async function hasAddonSources(packageRoot: string): Promise<boolean> {
  const { binding, nodeApi } = await findSources(packageRoot);
  return binding !== null && nodeApi !== null;
}

async function compileAddon(directory: string, packageRoot: string, signal?: AbortSignal): Promise<void> {
  const { binding, nodeApi } = await findSources(packageRoot);
  if (binding === null || nodeApi === null) {
    throw new ProvisionError('no-sources', `no addon was built for ${process.platform} ${process.arch}, and its sources (@tensorflow/tfjs-node, node-api-headers) are not installed`);
  }
  const compiler = process.env.CXX ?? 'g++';
  const version = await runProcess(compiler, ['--version'], { milliseconds: 20_000 });
  if (version.code !== 0) {
    throw new ProvisionError('no-compiler', `the native addon has to be compiled, and no C++ compiler was found (tried ${compiler})`,
      'install one (Debian and Ubuntu: sudo apt-get install g++)');
  }
  const objects: string[] = [];
  for (const unit of ['tfjs_backend', 'tfjs_binding']) {
    const object = path.join(directory, `${unit}.o`);
    await compile(compiler, ['-std=c++17', '-O2', '-fPIC', '-DNAPI_VERSION=8', '-I', nodeApi, '-I', path.join(directory, 'include'),
      '-c', path.join(binding, `${unit}.cc`), '-o', object], signal);
    objects.push(object);
  }
  await compile(compiler, ['-shared', '-o', path.join(directory, ADDON), ...objects, '-L', directory,
    ...LIBRARIES.map((library) => `-l:${library}`), '-Wl,-rpath,$ORIGIN'], signal);
  for (const object of objects) await fs.rm(object);
}

async function compile(compiler: string, args: readonly string[], signal?: AbortSignal): Promise<void> {
  const result = await runProcess(compiler, args, { milliseconds: 5 * 60_000, signal });
  if (signal?.aborted) throw new ProvisionError('cancelled', 'cancelled');
  if (result.code === 0) return;
  if (/No space left on device/i.test(result.stderr)) throw Object.assign(new Error('No space left on device'), { code: 'ENOSPC' });
  const line = result.stderr.split('\n').find((text) => /error/i.test(text)) ?? result.failure ?? `exit ${result.code ?? result.signal}`;
  throw new ProvisionError('compile-failed', `${compiler} could not build the native addon: ${line.trim()}`);
}

async function findUpwards(from: string, relative: string): Promise<string | null> {
  for (let directory = path.resolve(from); ; directory = path.dirname(directory)) {
    const candidate = path.join(directory, relative);
    if (await exists(candidate)) return candidate;
    if (directory === path.dirname(directory)) return null;
  }
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(() => true, () => false);
}
