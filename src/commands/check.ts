/** `shapelens check`: findings only, of files and folders, in the forms that terminals, CI and other tools read. */
import { expandPaths, UsageError } from '../node/files';
import type { CheckedFile } from './checkFile';
import { checkFiles } from './checkFiles';
import type { TraceOptions } from './options';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;

export async function runCheck(paths: readonly string[], options: TraceOptions & { format?: string }, write: (text: string) => void): Promise<number> {
  const format = FORMATS.find((known) => known === (options.format ?? 'text'));
  if (!format) throw new UsageError(`--format ${options.format}: is none of ${FORMATS.join(', ')}`);
  const files: CheckedFile[] = [];
  let status = 0;
  for await (const file of checkFiles(expandPaths(paths), options)) {
    if (file.problem !== null) {
      process.stderr.write(`shapelens: ${file.problem}\n`);
      status = 2;
    } else if (status === 0 && file.diagnostics.some(({ severity }) => severity === 'error')) status = 1;
    // What can be told at once is not kept: a folder may hold thousands of files.
    if (format === 'text') for (const line of file.lines) write(`${line}\n`);
    else if (format === 'github') for (const line of commands(file)) write(`${line}\n`);
    else files.push(file);
  }
  if (format === 'json') write(`${JSON.stringify({ schema: 1, files: files.map(({ path, diagnostics }) => ({ path, diagnostics })) })}\n`);
  else if (format === 'sarif') write(`${JSON.stringify(sarif(files))}\n`);
  return status;
}

/** Workflow commands: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
function commands({ path, diagnostics }: CheckedFile): string[] {
  return diagnostics.map((each) => `::${each.severity === 'information' ? 'notice' : each.severity} file=${path},line=${each.range.start.line + 1},col=${each.range.start.character + 1},title=${each.code}::${escapeGithub(each.message)}`);
}

/** A workflow command ends at a line break, and `%` escapes. */
function escapeGithub(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(files: readonly CheckedFile[]): object {
  const results = files.flatMap(({ path, diagnostics }) => diagnostics.map((each) => ({
    ruleId: each.code,
    level: each.severity === 'information' ? 'note' : each.severity,
    message: { text: each.message },
    locations: [{ physicalLocation: { artifactLocation: { uri: path.split('\\').join('/') }, region: { startLine: each.range.start.line + 1, startColumn: each.range.start.character + 1, endLine: each.range.end.line + 1, endColumn: each.range.end.character + 1 } } }],
  })));
  const rules = [...new Set(results.map((result) => result.ruleId))].map((id) => ({ id }));
  return { version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs: [{ tool: { driver: { name: 'shapelens', rules } }, columnKind: 'utf16CodeUnits', results }] };
}
