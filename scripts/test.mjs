// @ts-check
// `npm test`: sets up what is missing, runs every stage, and ends with the line "N passed, N failed".
//   npm test -- unit editor        only these stages (checks, unit, editor, page)
//   npm test -- test/a.test.ts     only these files
//   npm test -- --grep TEXT        only tests whose title contains TEXT
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { provisionHost } from './host/host.mjs';
import { bootstrap, build, provisionTensorFlow } from './lib/bootstrap.mjs';
import { root } from './lib/paths.mjs';
import { elapsed, say, UserError } from './lib/progress.mjs';
import { stageOf, stages } from './lib/stages.mjs';

/** @returns {{ names: string[], filter: import('./lib/stages.mjs').Filter }} */
function parse() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string', short: 'g' } } });
  const names = positionals.filter((word) => word in stages);
  const files = positionals.filter((word) => !(word in stages));
  for (const file of files) {
    if (!fs.existsSync(path.join(root, file))) throw new UserError(`"${file}" is neither a stage (${Object.keys(stages).join(', ')}) nor a file`);
  }
  for (const file of files) names.push(stageOf(file));
  // A title is looked for in tests; the checks have none.
  const all = Object.keys(stages).filter((name) => !values.grep || name !== 'checks');
  return { names: names.length > 0 ? all.filter((name) => names.includes(name)) : all, filter: { grep: values.grep, files } };
}

/**
 * Everything the stages need. A build that fails is a failed test, not the end: checks and unit tests run on the sources.
 * @param {string[]} names of stages
 * @returns {Promise<string | undefined>} why the build failed
 */
async function prepare(names) {
  await bootstrap();
  const problem = await build({ tests: true }).then(() => undefined, (/** @type {Error} */ error) => error.message);
  if (problem) say(problem);
  else if (names.some((name) => name !== 'checks')) await provisionTensorFlow();
  return problem;
}

/** Stages that run bundles. */
const onBundles = ['editor', 'page'];

async function main() {
  const begin = performance.now();
  const { names, filter } = parse();
  say(`Shapelens tests: ${names.join(', ')}`);
  // Long, mostly waiting for the network, and independent of each other on a fresh machine.
  const [buildProblem] = await Promise.all([
    prepare(names),
    names.some((name) => onBundles.includes(name)) ? provisionHost({ page: names.includes('page') }) : undefined,
  ]);
  /** @type {import('./lib/stages.mjs').TestReport[]} */
  const tests = [];
  if (buildProblem) tests.push({ titles: ['build'], state: 'failed', milliseconds: 0, error: buildProblem });
  for (const name of names) {
    const start = performance.now();
    say(`\n> ${name}`);
    /** @type {import('./lib/stages.mjs').TestReport[]} */
    const reports = buildProblem && onBundles.includes(name)
      ? [{ titles: [name], state: 'skipped', milliseconds: 0, reason: 'the build failed' }]
      : await stages[name]?.(filter) ?? [];
    tests.push(...reports);
    /** @param {string} state */
    const count = (state) => reports.filter((test) => test.state === state).length;
    say(`  ${name}: ${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped (${elapsed(start)})`);
  }
  const failed = tests.filter((test) => test.state === 'failed');
  const skipped = tests.filter((test) => test.state === 'skipped');
  const passed = tests.length - failed.length - skipped.length;
  say('');
  for (const test of skipped) say(`skipped: ${test.titles.join(' › ')} — ${test.reason}`);
  for (const test of failed) say(`failed: ${test.titles.join(' › ')}`);
  if (passed + failed.length === 0) say('no test ran');
  say(`all stages: ${elapsed(begin)}`);
  say(`${passed} passed, ${failed.length} failed`);
  return failed.length > 0 || passed === 0 ? 1 : 0;
}

main().then((status) => process.exit(status), (error) => {
  process.stderr.write(`${error instanceof UserError ? error.message : error?.stack ?? error}\n`);
  say('0 passed, 1 failed');
  process.exit(1);
});
