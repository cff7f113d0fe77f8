/**
 * An error in a function that nothing calls was derived from its parameters alone, and from their defaults. Where another
 * function of the document calls it, and the expression has a value in that trace, it does not happen in every call.
 */
import type { Analysis } from '../analysis';
import type { Finding } from './finding';
import type { RecordedNode, Seen } from '../interpreter/state/recorder';

export function withoutRefuted({ findings, recordings }: Pick<Analysis, 'findings' | 'recordings'>): readonly Finding[] {
  return findings.filter(({ inferred, severity, span }) => {
    const recording = inferred && severity === 'error' ? recordings.get(span as RecordedNode) : undefined;
    // A target is seen with what it is given, whether that fits or not.
    return !recording || recording.target || recording.seen.length === 0 || recording.seen.some(isUnknown);
  });
}

function isUnknown(seen: Seen): boolean {
  return seen.type === 'value' ? seen.value.kind === 'unknown' : seen.type === 'union' && seen.options.some(isUnknown);
}
