// @ts-check
// `npm run truth`: asks real torch anew. Makes a Python environment in the cache, writes the committed records again,
// traces and scores torch's own operator cases and released models, holds what `check` finds in whole packages against the
// verdicts, and ends with a table.
//   npm run truth -- records names operators models findings    only these parts (all)
//   npm run truth -- --cache DIR                 where environment and cases are kept ($SHAPELENS_CACHE, else the platform's place)
//   npm run truth -- --python PATH               an environment that has everything; nothing is installed
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrap, build } from './lib/bootstrap.mjs';
import { cacheRoot } from './lib/paths.mjs';
import { say, step, UserError } from './lib/progress.mjs';
import { environment, findings, models, names, operators, record } from './lib/truth.mjs';

const PARTS = ['records', 'names', 'operators', 'models', 'findings'];

/** @returns {{ parts: string[], cache: string, python: string | null }} */
function parse() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { cache: { type: 'string' }, python: { type: 'string' } } });
  const strange = positionals.find((word) => !PARTS.includes(word));
  if (strange !== undefined) throw new UserError(`"${strange}" is none of ${PARTS.join(', ')}`);
  const from = process.env.INIT_CWD ?? process.cwd();
  const python = values.python === undefined ? null : path.resolve(from, values.python);
  if (python !== null && !fs.existsSync(python)) throw new UserError(`there is no ${python}`);
  return { parts: positionals.length > 0 ? positionals : PARTS, cache: values.cache === undefined ? path.join(cacheRoot(), 'truth') : path.resolve(from, values.cache), python };
}

/** @param {import('./lib/truth.mjs').Row[]} rows */
function table(rows) {
  const lines = [['', 'exact', 'unknown', 'wrong', 'false alarms', 'dtype'], ...rows.map(({ set, exact, unknown, wrong, alarms, dtype }) => [set, exact, String(unknown), String(wrong), String(alarms), dtype])];
  const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0))) ?? [];
  for (const line of lines) say(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  '));
}

async function main() {
  const { parts, cache, python: own } = parse();
  await bootstrap();
  await build({ tests: false });
  fs.mkdirSync(cache, { recursive: true });
  const python = own === null ? await step('the Python environment', (note) => environment(cache, note)) : own;
  let failed = false;
  /** @type {import('./lib/truth.mjs').Row[]} */
  const rows = [];
  if (parts.includes('records')) {
    const { count, changed, failures } = await step('the committed records', (note) => record(python, note));
    say(changed.length > 0 ? `${changed.length} of ${count} records have changed: ${changed.join(', ')}` : `all ${count} records are as they were`);
    failed ||= failures.length > 0;
  }
  if (parts.includes('names')) {
    const { count, unknown } = await step('public names', () => names(python, cache));
    say(`${unknown.length} of ${count} public names of torch have no rule: ${unknown.join(', ')}`);
  }
  if (parts.includes('operators')) rows.push(...(await step('operators', (note) => operators(python, cache, note))));
  if (parts.includes('models')) rows.push(...(await step('models', (note) => models(python, cache, note))));
  if (parts.includes('findings')) {
    const judged = await step('findings in whole packages', (note) => findings(python, cache, note));
    for (const line of judged.lines) say(line);
    failed ||= judged.failed;
  }
  if (rows.length > 0) {
    say('');
    table(rows);
  }
  return failed || rows.some(({ wrong, alarms }) => wrong + alarms > 0) ? 1 : 0;
}

main().then((status) => process.exit(status), (error) => {
  process.stderr.write(`${error instanceof UserError ? error.message : error?.stack ?? error}\n`);
  process.exit(2);
});
