/** "Trace with…": the choice of sizes or a call, checked before it is taken. */
import { unknownReason } from '../shapes/describe';
import type { Finding } from '../shapes/diagnostics/finding';
import type { Recording } from '../shapes/interpreter/state/recorder';
import { holdsTensor } from './tensors';
import type { OpenFile } from './openFile';
import type { DocumentStatus, TraceChoice, TraceWithAnswer } from './messages';
import type { Workspace } from './workspace';
import { t, translated } from './translation';

export function traceWith(workspace: Workspace, uri: string, given: unknown): TraceWithAnswer {
  const choice = readChoice(given);
  if (typeof choice === 'string') return { ok: false, message: choice };
  const before = workspace.choiceOf(uri);
  workspace.choose(uri, choice);
  const file = workspace.traced(uri);
  const refused = file && refusal(file);
  if (!file || refused) {
    workspace.choose(uri, before);
    return { ok: false, message: refused ?? t('This document is not traced. Run "Shapelens: Trace This Document" first.') };
  }
  workspace.refresh(uri);
  return { ok: true, status: statusOf(file) };
}

/** A choice as any client may send it; what is wrong with it otherwise. */
function readChoice(given: unknown): TraceChoice | null | string {
  if (given === null || given === undefined) return null;
  const { sizes, call } = given as { sizes?: unknown; call?: unknown };
  if (call !== undefined && typeof call !== 'string') return t('The call must be a text.');
  const entries = Object.entries((sizes ?? {}) as Record<string, unknown>);
  const wrong = entries.find(([, size]) => typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0);
  if (wrong) return t('The size of {0} must be a whole number of at least 0; it is {1}.', wrong[0], JSON.stringify(wrong[1]));
  const code = call?.trim() ?? '';
  if (entries.length === 0 && code === '') return null;
  return { ...(entries.length > 0 ? { sizes: Object.fromEntries(entries) as Record<string, number> } : {}), ...(code !== '' ? { call: code } : {}) };
}

/** Why a call cannot be traced. */
function refusal(file: OpenFile): string | null {
  const finding = file.chosen?.analysis.findings.find(({ code }) => code === 'call-syntax');
  return finding ? translated(finding.message) : null;
}

/** Faults that only the chosen sizes bring to light. */
export function chosenFindings(file: OpenFile): Finding[] {
  const own = new Set(file.analysis.findings.map(keyOf));
  return file.chosen?.analysis.findings.filter((finding) => !own.has(keyOf(finding)) && !(finding.span.start === 0 && finding.span.end === 0)) ?? [];
}

const keyOf = (finding: Finding): string => `${finding.code} ${finding.span.start} ${finding.span.end}`;

/** `dim = 96, heads = 3`, or the call. */
export function choiceText({ sizes, call }: TraceChoice): string {
  return [...(call ? [call] : []), ...Object.entries(sizes ?? {}).map(([name, size]) => `${name} = ${size}`)].join(', ');
}

export function statusOf(file: OpenFile): DocumentStatus {
  const { analysis } = file.chosen ?? file;
  const recordings = [...analysis.recordings.values()];
  return {
    uri: file.uri, choice: file.choice,
    known: recordings.filter((recording) => recording.seen.some(holdsTensor) && !isUnknown(recording)).length,
    unknown: recordings.filter(isUnknown).length,
    findings: file.analysis.findings.length + chosenFindings(file).length,
    notice: analysis.notice === null ? null : translated(analysis.notice),
  };
}

export function isUnknown(recording: Recording): boolean {
  return recording.seen.some((seen) => unknownReason(seen) !== null);
}
