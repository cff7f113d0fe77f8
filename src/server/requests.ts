/** Requests and commands of ours, for which LSP has no word. Any client may send them. */
import { fileURLToPath } from 'node:url';
import type { Connection } from 'vscode-languageserver';
import { readInput } from '../node/files';
import { describeMatch, matchCheckpoint } from '../project/checkpoint';
import { coverageOf } from './coverage';
import { describe } from './describe';
import { answerEvaluate } from './evaluate';
import { CHECKPOINT, COVERAGE, DESCRIBE, EVALUATE, SHAPES, STEPS, STEPS_COMMAND, SYMBOLS, TRACE_WITH, TRACE_WITH_COMMAND, WHY, WHY_COMMAND } from './messages';
import type { CheckpointAnswer, CheckpointParams, DescribeParams, EvaluateAnswer, EvaluateParams, ExpressionStep, FileCoverage, ShapesParams, SymbolChoice, TraceWithAnswer, TraceWithParams, WhyAnswer, WhyParams } from './messages';
import { placed } from './openFile';
import type { OpenFile } from './openFile';
import type { Refresher } from './refresher';
import { shapesText } from './shapesText';
import { steps } from './steps';
import { symbolChoices } from './symbolChoices';
import { traceWith } from './traceWith';
import { why } from './why';
import type { Workspace } from './workspace';
import { t, translated } from './translation';

/** Runs a feature; where it throws, logs why and gives the fallback. */
export type Guard = <T>(what: string, fallback: T, run: () => T) => T;

export interface RequestServices {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly refresher: Refresher;
  readonly guarded: Guard;
}

/** What `workspace/executeCommand` takes; arguments: uri and choice, or the parameters of the request. */
export const COMMANDS = [TRACE_WITH_COMMAND, WHY_COMMAND, STEPS_COMMAND];

export function registerRequests({ connection, workspace, refresher, guarded }: RequestServices): void {
  const onFile = <T>(what: string, uri: string, fallback: T, run: (file: OpenFile) => T): T => guarded(what, fallback, () => {
    const file = workspace.traced(uri);
    return file ? run(file) : fallback;
  });
  const choose = async (uri: string, choice: unknown): Promise<TraceWithAnswer> => {
    await workspace.opened(uri);
    return guarded<TraceWithAnswer>('trace with', { ok: false, message: t('Shapelens could not trace this; the log says why.') }, () => {
      const answer = traceWith(workspace, uri, choice);
      refresher.refresh();
      return answer;
    });
  };
  const answerWhy = (params: WhyParams): WhyAnswer | null => onFile('why', params.uri, null, (file) => why(file, { ...params, range: placed(file, params.range) }));
  const answerSteps = (params: DescribeParams): ExpressionStep[] => onFile<ExpressionStep[]>('steps', params.uri, [], (file) => steps(file, { ...params, range: placed(file, params.range) }));

  connection.onRequest(TRACE_WITH, ({ uri, choice }: TraceWithParams) => choose(uri, choice));
  connection.onRequest(SYMBOLS, ({ uri }: { uri: string }) => onFile<SymbolChoice[]>('symbols', uri, [], symbolChoices));
  connection.onRequest(DESCRIBE, (params: DescribeParams) => onFile('description', params.uri, null, (file) => describe(file, { ...params, range: placed(file, params.range) })));
  connection.onRequest(CHECKPOINT, ({ uri, checkpoint }: CheckpointParams) => onFile<CheckpointAnswer | null>('checkpoint', uri, null, (file) => answerCheckpoint(file, checkpoint)));
  connection.onRequest(WHY, answerWhy);
  connection.onRequest(STEPS, answerSteps);
  connection.onRequest(COVERAGE, ({ uri }: { uri: string }): FileCoverage | null => guarded<FileCoverage | null>('coverage', null, () => {
    const file = workspace.traced(uri) ?? closedFile(workspace, uri);
    return file && coverageOf(file);
  }));
  connection.onRequest(SHAPES, ({ uri, text }: ShapesParams): string | null => guarded('shapes', null, () => {
    const file = workspace.traced(uri);
    return file && shapesText(text === undefined ? file : workspace.tracedText(uri, text, file.document.language));
  }));
  connection.onRequest(EVALUATE, async (params: EvaluateParams): Promise<EvaluateAnswer> => {
    const file = await workspace.evaluable(params.uri, params.whenIdle ?? false);
    return guarded<EvaluateAnswer>('evaluation', { ok: false, message: t('Shapelens could not prepare the evaluation; the log says why'), needs: [] }, () => (
      file ? evaluateIn(file, params) : { ok: false, message: t('This document is not traced. Run "Shapelens: Trace This Document" first.'), needs: [] }
    ));
  });
  connection.onExecuteCommand(({ command, arguments: args = [] }) => {
    const [first, second] = args as [unknown, unknown];
    if (command === TRACE_WITH_COMMAND) return typeof first === 'string' ? choose(first, second) : null;
    if (command === WHY_COMMAND) return answerWhy(first as WhyParams);
    return command === STEPS_COMMAND ? answerSteps(first as DescribeParams) : null;
  });
}

function answerCheckpoint(file: OpenFile, checkpoint: CheckpointParams['checkpoint']): CheckpointAnswer {
  const match = matchCheckpoint(file.chosen ?? file, checkpoint, new Map());
  const matched = match.roots.reduce((sum, root) => sum + root.matched.length, 0);
  const others = match.roots.reduce((sum, root) => sum + root.mismatched.length + root.missing.length, 0);
  return { matched, total: matched + others, lines: describeMatch(checkpoint, match).map(translated) };
}

/** With the chosen sizes; an expression that the chosen call does not reach as the document itself has it. */
function evaluateIn(file: OpenFile, asked: EvaluateParams): EvaluateAnswer {
  const params = { ...asked, range: placed(file, asked.range) };
  if (!file.chosen) return answerEvaluate(file, params);
  const answer = answerEvaluate(file.chosen, params);
  if (answer.ok || answer.question || answer.needs.length > 0) return answer;
  const own = answerEvaluate(file, { ...params, answers: [] });
  return own.ok ? own : answer;
}

function closedFile(workspace: Workspace, uri: string): OpenFile | null {
  if (!uri.startsWith('file:')) return null;
  const { text, language } = readInput(fileURLToPath(uri), null);
  return workspace.tracedText(uri, text, language);
}
