/** `shapelens check`: findings only, of files and folders, in the forms that terminals, CI and other tools read. */
import { expandPaths, UsageError } from '../node/files';
import { relatedJson } from '../project/related';
import { rangeOf } from '../project/tracedFile';
import type { TracedFile } from '../project/tracedFile';
import { findingLines } from './findings';
import { traceInput } from './options';
import type { TraceOptions } from './options';

const FORMATS = ['text', 'json', 'github', 'sarif'] as const;

export async function runCheck(paths: readonly string[], options: TraceOptions & { format?: string }, write: (text: string) => void): Promise<number> {
  const format = FORMATS.find((known) => known === (options.format ?? 'text'));
  if (!format) throw new UsageError(`--format ${options.format}: is none of ${FORMATS.join(', ')}`);
  const files: [string, TracedFile][] = [];
  for (const path of expandPaths(paths)) files.push([path, await traceInput(path, options)]);
  if (format === 'json') write(`${JSON.stringify({ schema: 1, files: files.map(([path, file]) => ({ path, diagnostics: plain(file) })) })}\n`);
  else if (format === 'sarif') write(`${JSON.stringify(sarif(files))}\n`);
  else if (format === 'github') for (const [path, file] of files) for (const each of plain(file)) write(`::${each.severity === 'information' ? 'notice' : each.severity} file=${path},line=${each.range.start.line + 1},col=${each.range.start.character + 1},title=${each.code}::${escapeGithub(each.message)}\n`);
  else for (const [path, file] of files) for (const line of findingLines(path, file)) write(`${line}\n`);
  return files.some(([, file]) => file.analysis.findings.some((finding) => finding.severity === 'error')) ? 1 : 0;
}

function plain(file: TracedFile) {
  return file.analysis.findings.map((finding) => ({ range: rangeOf(file, finding.span), code: finding.code, severity: finding.severity, message: finding.message, related: relatedJson(file, finding) }));
}

/** A workflow command ends at a line break, and `%` escapes. */
function escapeGithub(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
function sarif(files: readonly [string, TracedFile][]): object {
  const results = files.flatMap(([path, file]) => plain(file).map((each) => ({
    ruleId: each.code,
    level: each.severity === 'information' ? 'note' : each.severity,
    message: { text: each.message },
    locations: [{ physicalLocation: { artifactLocation: { uri: path.split('\\').join('/') }, region: { startLine: each.range.start.line + 1, startColumn: each.range.start.character + 1, endLine: each.range.end.line + 1, endColumn: each.range.end.character + 1 } } }],
  })));
  const rules = [...new Set(results.map((result) => result.ruleId))].map((id) => ({ id }));
  return { version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json', runs: [{ tool: { driver: { name: 'shapelens', rules } }, columnKind: 'utf16CodeUnits', results }] };
}
