// What the extension host loads as its tests: runs every `*.vscode.ts` (bundled beside this file) with mocha.
// Settings come from a file because a served extension host does not inherit the environment of the test command.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';
import Reporter from '../../scripts/lib/reporter.cjs';

interface RunSettings {
  /** Where the JSON report goes. */
  readonly report: string;
  /** Only tests whose title matches. */
  readonly grep?: string;
}

export async function run(): Promise<void> {
  const settings = JSON.parse(readFileSync(path.join(__dirname, '..', 'editor-run.json'), 'utf8')) as RunSettings;
  const mocha = new Mocha({
    timeout: 60_000,
    reporter: Reporter as unknown as Mocha.ReporterConstructor,
    reporterOptions: { output: settings.report, quiet: true },
    ...(settings.grep ? { grep: settings.grep } : {}),
  });
  for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' })) {
    if (name.endsWith('.vscode.js')) mocha.addFile(path.join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} editor tests failed`);
}
