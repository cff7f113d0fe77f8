// @ts-check
// The stages of `npm test`. Each returns what passed, failed and was skipped, read from reports, never from printed text.
import fs from 'node:fs';
import path from 'node:path';
import { artifacts, root } from './paths.mjs';
import { passthrough } from './processes.mjs';
import { say } from './progress.mjs';

/**
 * @typedef {{ titles: string[], state: 'passed' | 'failed' | 'skipped', milliseconds: number, reason?: string, error?: string }} TestReport
 * @typedef {{ grep?: string, files: string[] }} Filter only tests whose title contains `grep`; only these files
 * @typedef {(filter: Filter) => Promise<TestReport[]>} Stage
 */

const node = process.execPath;
const mocha = path.join('node_modules', 'mocha', 'bin', 'mocha.js');

/** One command that is right or wrong as a whole counts as one test. @param {string} title @param {string[]} args of node @returns {Promise<TestReport>} */
async function check(title, args) {
  const start = performance.now();
  const status = await passthrough(node, args, { cwd: root });
  const milliseconds = Math.round(performance.now() - start);
  say(`  ${status === 0 ? '✔' : '✘'} ${title} (${milliseconds} ms)`);
  const failure = status === 0 ? {} : { error: `node ${args.join(' ')} ended with status ${status}` };
  return { titles: [title], state: status === 0 ? 'passed' : 'failed', milliseconds, ...failure };
}

/**
 * Runs a command that writes a report; one that leaves none counts as a failure.
 * @param {string} stage @param {(report: string) => string[]} args of node
 * @returns {Promise<TestReport[]>}
 */
async function reported(stage, args) {
  const report = path.join(artifacts, `${stage}-report.json`);
  fs.rmSync(report, { force: true });
  const status = await passthrough(node, args(report), { cwd: root });
  if (!fs.existsSync(report)) return [{ titles: [stage], state: 'failed', milliseconds: 0, error: `the ${stage} tests ended with status ${status} and without a report` }];
  const tests = /** @type {TestReport[]} */ (JSON.parse(fs.readFileSync(report, 'utf8')).tests);
  if (status !== 0 && !tests.some((test) => test.state === 'failed')) {
    tests.push({ titles: [stage], state: 'failed', milliseconds: 0, error: `the ${stage} tests ended with status ${status} though no test failed` });
  }
  return tests;
}

/** @param {string} stage @param {string} ending of the stage's files @param {string[]} options mocha's @returns {Stage} */
const mochaStage = (stage, ending, ...options) => ({ grep, files }) => {
  const own = files.filter((file) => file.endsWith(ending));
  return reported(stage, (report) => [
    mocha, ...options, '--reporter', 'scripts/lib/reporter.cjs', '--reporter-option', `output=${report}`,
    ...(grep ? ['--fgrep', grep] : []), ...(own.length > 0 ? own : [`test/**/*${ending}`]),
  ]);
};

/** Every TypeScript project, and the lint rules. @type {Stage} */
async function checks() {
  const projects = ['tsconfig.json', path.join('src', 'webview', 'tsconfig.json')].filter((file) => fs.existsSync(path.join(root, file)));
  const reports = [];
  for (const project of projects) reports.push(await check(`types: ${project}`, [path.join('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', project]));
  reports.push(await check('lint', [path.join('node_modules', 'eslint', 'bin', 'eslint.js'), '.']));
  return reports;
}

/** @type {Record<string, Stage>} in the order in which they run */
export const stages = {
  checks,
  unit: mochaStage('unit', '.test.ts'),
  editor: ({ grep }) => reported('editor', (report) => ['scripts/test-editor.mjs', '--report', report, ...(grep ? ['--grep', grep] : [])]),
  page: async (filter) => {
    if (process.platform === 'linux') return mochaStage('page', '.page.ts', '--timeout', '120000')(filter);
    return [{ titles: ['page'], state: 'skipped', milliseconds: 0, reason: `the served VS Code that these tests look at runs on Linux, not on ${process.platform}` }];
  },
};

/** The stage that a test file belongs to. @param {string} file */
export const stageOf = (file) => (file.endsWith('.page.ts') ? 'page' : file.endsWith('.vscode.ts') ? 'editor' : 'unit');
