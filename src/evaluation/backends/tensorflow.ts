/**
 * TensorFlow's native library through tfjs-node's kernels and an addon of our own cache. tfjs-node's entry point is not
 * used: it looks for its addon in its own folder with tools that need its install script to have run.
 */
import * as os from 'node:os';
import * as path from 'node:path';
import * as util from 'node:util';
import * as tf from '@tensorflow/tfjs-core';
import { ADDON } from '../provision/wheels';

/** Functions of Node's util that tfjs-node 4.22 calls and that newer versions of Node lack. */
function addRemovedUtilities(): void {
  // The namespace object of an import is frozen; the module's own object is what tfjs-node looks at.
  const module = ((util as { default?: unknown }).default ?? util) as Record<string, unknown>;
  module.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  module.isArray ??= Array.isArray;
}

/** @throws Error where the addon or the libraries beside it cannot be loaded */
export async function startTensorflow(directory: string): Promise<void> {
  addRemovedUtilities();
  const addon = { exports: {} as unknown };
  process.dlopen(addon, path.join(directory, ADDON), os.constants.dlopen.RTLD_NOW);
  const { NodeJSKernelBackend } = await import('@tensorflow/tfjs-node/dist/nodejs_kernel_backend');
  await import('@tensorflow/tfjs-node/dist/register_all_kernels');
  type Binding = ConstructorParameters<typeof NodeJSKernelBackend>[0];
  tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(addon.exports as Binding, '@tensorflow/tfjs-node') as unknown as tf.KernelBackend, 3);
  if (!(await tf.setBackend('tensorflow'))) throw new Error('TensorFlow did not start');
  await tf.ready();
  // A context that could not be made shows only when something is computed.
  const sum = tf.tidy(() => tf.matMul(tf.ones([2, 2]), tf.ones([2, 2])).dataSync());
  if (sum[3] !== 2) throw new Error(`TensorFlow computed ${sum[3]} for 1 + 1`);
}
