/** Findings of a snippet as lines of text, for tests: `3: error matmul-size-mismatch`. */
import { dedent, trace } from '../interpreter/check';
import type { Analysis, AnalyzeOptions } from '../../../src/shapes/analysis';

export const PRELUDE_LINES = 2;
const PRELUDE = 'import torch, torch.nn as nn, torch.nn.functional as F\n';

/** Lines count from the snippet's first one. */
export async function findings(python: string, options: Partial<AnalyzeOptions> = {}): Promise<{ lines: string[]; analysis: Analysis; lineOf: (offset: number) => number }> {
  const analysis = await trace(PRELUDE + dedent(python), options);
  const lineOf = (offset: number): number => analysis.tree.source.slice(0, offset).split('\n').length - PRELUDE_LINES;
  return { analysis, lineOf, lines: analysis.findings.map(({ span, severity, code }) => `${lineOf(span.start)}: ${severity} ${code}`) };
}
