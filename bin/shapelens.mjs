#!/usr/bin/env node
// The command line. Its code is bundled into dist/cli.js, which `npm test` and `npm start` build.
import { existsSync } from 'node:fs';

const bundle = new URL('../dist/cli.js', import.meta.url);
if (existsSync(bundle)) {
  await import(bundle.href);
} else {
  process.stderr.write('shapelens: not built yet; run `npm start` or `npm test` once in the project folder\n');
  process.exitCode = 2;
}
