// @ts-check
// Runs the editor tests in a real VS Code: downloaded where that is possible, served from npm where not.
// Arguments: --report FILE (JSON, as scripts/lib/reporter.cjs writes it) and --grep TEXT. The bundles must be built.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { testExecutable } from './host/executable.mjs';
import { artifacts, dist, root } from './lib/paths.mjs';
import { onEnd } from './lib/processes.mjs';
import { say, UserError } from './lib/progress.mjs';

const { values } = parseArgs({ options: { report: { type: 'string' }, grep: { type: 'string' } } });
const report = path.resolve(values.report ?? path.join(artifacts, 'editor-report.json'));

async function main() {
  fs.rmSync(report, { force: true });
  fs.mkdirSync(path.dirname(report), { recursive: true });
  fs.mkdirSync(path.join(dist, 'test'), { recursive: true });
  fs.writeFileSync(path.join(dist, 'test', 'editor-run.json'), JSON.stringify({ report, grep: values.grep }));
  // A copy: tests may edit and save documents.
  const workspace = fs.mkdtempSync(path.join(os.tmpdir(), 'shapelens-workspace-'));
  onEnd(() => fs.rmSync(workspace, { recursive: true, force: true }));
  fs.cpSync(path.join(root, 'samples'), workspace, { recursive: true });
  const status = await runTests({
    vscodeExecutablePath: await testExecutable(),
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(dist, 'test', 'editor', 'index.js'),
    launchArgs: [workspace],
  }).catch((error) => (typeof error?.code === 'number' ? error.code : Promise.reject(error)));
  if (!fs.existsSync(report)) throw new UserError('VS Code ended without a report of its tests; the lines above say why');
  print(JSON.parse(fs.readFileSync(report, 'utf8')).tests);
  return status;
}

/** @param {{ titles: string[], state: string, milliseconds: number, reason?: string, error?: string }[]} tests */
function print(tests) {
  const mark = /** @type {Record<string, string>} */ ({ passed: '✔', failed: '✘', skipped: '-' });
  for (const test of tests) {
    say(`    ${mark[test.state]} ${test.titles.join(' › ')}${test.reason ? ` (${test.reason})` : ''} (${test.milliseconds} ms)`);
    if (test.error) say(test.error.replace(/^/gm, '        '));
  }
}

main().then((status) => process.exit(status), (error) => {
  process.stderr.write(`${error instanceof UserError ? error.message : error?.stack ?? error}\n`);
  process.exit(1);
});
