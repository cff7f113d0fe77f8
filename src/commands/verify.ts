/** `shapelens verify`: are the outputs that an author printed what the code computes? */
import { verify } from '../project/verify';
import type { VerifiedOutput } from '../project/verify';
import { Evaluation, backendOf } from './evaluation';
import { traceInput } from './options';
import type { TraceOptions } from './options';
import { lineText, placeText } from './places';

export interface VerifyOptions extends TraceOptions {
  readonly backend?: string;
  readonly anyway?: boolean;
  readonly json?: boolean;
}

export async function runVerify(files: readonly string[], options: VerifyOptions, write: (text: string) => void): Promise<number> {
  const evaluation = new Evaluation(backendOf(options.backend), 0, options.anyway);
  const reports: { path: string; backend: string; outputs: VerifiedOutput[] }[] = [];
  try {
    for (const path of files) {
      const file = await traceInput(path, options);
      const outputs = await verify(file, async (cone, bindings) => (await evaluation.run(cone, bindings)).tiles);
      reports.push({ path, backend: await evaluation.backendName(), outputs });
    }
  } finally {
    await evaluation.dispose();
  }
  if (options.json) write(`${JSON.stringify({ schema: 1, files: reports.map(({ path, backend, outputs }) => ({ path, backend, outputs: outputs.map(({ statement, output, ...rest }) => ({ statement: statement && { range: statement }, output: { range: output }, ...rest })) })) })}\n`);
  else for (const report of reports) write(reportText(report));
  return reports.some(({ outputs }) => outputs.some((output) => output.status === 'differs')) ? 1 : 0;
}

function reportText({ path, backend, outputs }: { path: string; backend: string; outputs: readonly VerifiedOutput[] }): string {
  const lines = outputs.map((output) => `${path}:${placeText(output.output.start)}: ${output.status}: ${output.detail}${output.statement ? ` (printed by ${lineText(output.statement.start)})` : ''}`);
  const count = (status: VerifiedOutput['status']): number => outputs.filter((output) => output.status === status).length;
  return `${[...lines, `${path}: ${count('reproduced')} reproduced, ${count('differs')} differ, ${count('not-checked')} not checked (on ${backend})`].join('\n')}\n`;
}
