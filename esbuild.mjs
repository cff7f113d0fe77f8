// @ts-check
// Every bundle of the project. `node esbuild.mjs [--watch] [--tests]`; --tests adds what runs in the extension host.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.dirname(fileURLToPath(import.meta.url));
const from = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

/** @type {esbuild.BuildOptions} */
const common = { absWorkingDir: root, bundle: true, sourcemap: true, logLevel: 'warning', target: 'es2022', legalComments: 'none' };
/** @type {esbuild.BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Its ES module finds the wasm by import.meta.url, which a CommonJS bundle has not.
  alias: { 'web-tree-sitter': from.resolve('web-tree-sitter') },
};

// tfjs-node's kernels ask for the whole of TensorFlow.js (layers, WebGL, file readers); they use its core only.
const worker = { '@tensorflow/tfjs': from.resolve('@tensorflow/tfjs-core') };

/** What activation loads later is a bundle beside it. @type {esbuild.Plugin} */
const deferred = {
  name: 'deferred',
  setup: ({ onResolve }) => onResolve({ filter: /\/deferred$/ }, () => ({ path: './deferred.js', external: true })),
};

/** @type {Record<string, esbuild.BuildOptions & { entry: string }>} output file → how it is built */
const bundles = {
  'dist/extension.js': { ...node, entry: 'src/extension.ts', external: ['vscode'], plugins: [deferred] },
  'dist/deferred.js': { ...node, entry: 'src/editor/deferred.ts', external: ['vscode'] },
  'dist/server.js': { ...node, entry: 'src/server/main.ts' },
  'dist/cli.js': { ...node, entry: 'src/cli.ts' },
  'dist/checkWorker.js': { ...node, entry: 'src/commands/checkWorker.ts' },
  'dist/worker.js': { ...node, entry: 'src/evaluation/worker.ts', alias: { ...node.alias, ...worker } },
  'dist/webview.js': { ...common, entry: 'src/webview/main.ts', platform: 'browser', format: 'iife', loader: { '.svg': 'dataurl' } },
  'dist/tensorList.js': { ...common, entry: 'src/webview/files/main.ts', platform: 'browser', format: 'iife' },
};

/** Loaded at run time from beside the bundles. */
const copied = [
  from.resolve('web-tree-sitter/web-tree-sitter.wasm'),
  from.resolve('tree-sitter-python/tree-sitter-python.wasm'),
  ...['', '-simd', '-threaded-simd'].map((kind) => from.resolve(`@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm${kind}.wasm`)),
];

/** @type {esbuild.BuildOptions[]} */
const builds = [];
for (const [outfile, { entry, ...options }] of Object.entries(bundles)) builds.push({ ...options, entryPoints: [entry], outfile });
if (tests) {
  // A test file that was deleted must not run again from an old bundle.
  fs.rmSync(path.join(root, 'dist', 'test'), { recursive: true, force: true });
  builds.push({
    ...node, entryPoints: ['test/editor/index.ts', 'test/editor/**/*.vscode.ts'],
    outbase: 'test/editor', outdir: 'dist/test/editor', external: ['vscode', 'mocha'],
  });
}

fs.mkdirSync(path.join(root, 'dist'), { recursive: true });
for (const file of copied) fs.copyFileSync(file, path.join(root, 'dist', path.basename(file)));

try {
  if (watch) {
    await Promise.all(builds.map(async (options) => (await esbuild.context({ ...options, logLevel: 'info' })).watch()));
  } else {
    await Promise.all(builds.map((options) => esbuild.build(options)));
  }
} catch (error) {
  // esbuild has already printed what is wrong and where.
  if (!(error instanceof Error) || !('errors' in error)) throw error;
  process.exitCode = 1;
}
