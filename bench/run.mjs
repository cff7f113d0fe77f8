// @ts-check
// `npm run bench`: builds the product, bundles the benchmarks as it is bundled, so that they time what users run, and runs them.
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const outfile = path.join(root, 'artifacts', 'bench', 'benchmarks.mjs');
process.chdir(root);
await import('../esbuild.mjs');
await esbuild.build({
  // A package without an exports table: Node's ES modules want the file's whole name.
  alias: { 'vscode-languageserver-protocol/node': 'vscode-languageserver-protocol/node.js' },
  entryPoints: [path.join(root, 'bench', 'benchmarks.ts')], outfile, bundle: true, packages: 'external', platform: 'node', target: 'node20', format: 'esm', logLevel: 'warning', sourcemap: true,
});
await import(pathToFileURL(outfile).href);
