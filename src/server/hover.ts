/** Hover: the shape as one would say it, the rule in words, and where both come from. */
import type { Hover, Position } from 'vscode-languageserver';
import { MarkupKind } from 'vscode-languageserver';
import type { Analysis } from '../shapes/analysis';
import { unknownReason } from '../shapes/describe';
import type { Recording } from '../shapes/interpreter/state/recorder';
import { namesIn } from '../shapes/naming';
import type { Expr, Span, Stmt } from '../shapes/python/ast';
import { walk } from '../shapes/python/walk';
import { explain } from '../shapes/torch/registry';
import { expressionAt } from '../project/find';
import { rangeOf } from '../project/tracedFile';
import type { DocumentRange } from '../project/tracedFile';
import { ownNames, uncalledAt } from './alone';
import { casesOf } from './branches';
import { chainTable } from './chain';
import { definitionHover } from './definitionHover';
import { assumptionLines, linkLine, memoryText, originLine } from './hoverOrigins';
import { codeBlock, code, escape, oneLine, placeLink } from './markdown';
import { parametersAt } from './moduleCost';
import { numbersBeside, placed, uriAt } from './openFile';
import type { OpenFile } from './openFile';
import { t, translated } from './translation';
import { unreachedAt, untracedAt } from './unreached';
import { valuesText } from './valueText';

/** Values that the first line lists. */
const MAX_VALUES = 6;
/** Longer expressions are cut: the code is right there. */
const MAX_EXPRESSION = 60;

/** @param commands whether the client has the commands that links name */
export function hover(file: OpenFile, position: Position, commands: boolean): Hover | null {
  const at = placed(file, { start: position, end: position }).start;
  const definition = definitionHover(file, at);
  if (definition) return definition;
  const recording = expressionAt(file, at);
  const uncalled = uncalledAt(file, at, recording);
  if (!uncalled) return recording ? expressionHover(file, recording, commands, null) : untracedHover(file, at);
  const shown = expressionAt(uncalled, at)!;
  return expressionHover(uncalled, shown, commands, unreachedAt(file, shown.node)?.assumes ?? t('≈ assumes that this code is run: nothing in the document comes to it'));
}

/** @param assumes what is assumed of code that nothing in the document comes to */
function expressionHover(file: OpenFile, recording: Recording, commands: boolean, assumes: string | null): Hover | null {
  // A number or a text says itself what it is.
  if (recording.seen.length === 0 || recording.node.kind === 'Constant') return null;
  const value = recording.target ? valueOf(file.analysis, recording.node as Expr) : (recording.node as Expr);
  const rule = value && explanation(file.analysis, value, recording.context);
  const lines = [
    firstLine(file, recording),
    unknownLine(file, recording),
    rule && escape(rule),
    caseLines(file, recording),
    value && chainTable(file, value),
    [memoryText(file, recording), parametersAt(file.chosen ?? file, recording)].filter((part) => part !== null).map(escape).join(' · '),
    originLine(file, recording),
    ...assumptionLines(file, recording, value),
    assumes,
    commands && assumes === null ? linkLine(file, recording) : null,
  ];
  return { contents: { kind: MarkupKind.Markdown, value: lines.filter((line) => line !== null && line !== '').join('\n\n') }, range: rangeOf(file, recording.node) };
}

/** Code that nothing comes to, and that is seen in no trace. */
function untracedHover(file: OpenFile, position: DocumentRange['start']): Hover | null {
  const node = untracedAt(file, position);
  if (!node) return null;
  const value = [codeBlock(`${textOf(file, node)}: ${t('unknown')}`), t('Not known: nothing in the document comes to this code, and it is not traced.')].join('\n\n');
  return { contents: { kind: MarkupKind.Markdown, value }, range: rangeOf(file, node) };
}

function textOf(file: OpenFile, node: Span): string {
  const text = oneLine(file.document.source.slice(node.start, node.end));
  return text.length > MAX_EXPRESSION ? `${text.slice(0, MAX_EXPRESSION - 3)}…` : text;
}

function firstLine(file: OpenFile, recording: Recording): string {
  const { node, seen } = recording;
  const shown = valuesText(file.analysis, recording, MAX_VALUES);
  const more = seen.length > MAX_VALUES || recording.more ? ' …' : '';
  const numbers = numbersBeside(file, recording) ?? ownNames(file, recording);
  // A code block: what the author wrote must not be read as Markdown.
  return codeBlock(`${textOf(file, node)}: ${shown}${more}${numbers ? `\n    = ${numbers}` : ''}`);
}

/** What a finding says is said there, and only led to. */
function unknownLine(file: OpenFile, { seen, node }: Recording): string | null {
  const reason = seen.map(unknownReason).find((each) => each !== null);
  if (!reason) return null;
  const fault = file.analysis.findings.find(({ message, severity }) => severity === 'error' && reason === message);
  if (!fault) return escape(t('Not known: {0}.', translated(reason)));
  if (fault.span.start < node.end && node.start < fault.span.end) return escape(t('Not known: there is an error here.'));
  const place = rangeOf(file, fault.span);
  return t('Not known, because of the error in {0}: {1}', placeLink(t('line {0}', place.start.line + 1), uriAt(file, place), place), escape(translated(reason)));
}

function caseLines(file: OpenFile, recording: Recording): string | null {
  const cases = casesOf(file, recording);
  return cases.map(({ when, value, span }) => `- ${placeLink(when, uriAt(file, rangeOf(file, span)), rangeOf(file, span))}: ${code(value)}`).join('\n');
}

/** The rule in words, with sizes as the function at hand calls them. */
export function explanation(analysis: Analysis, node: Expr, context: string): string | null {
  const applied = analysis.operations.get(node);
  const said = applied && explain(applied.operation, applied.bound, applied.result, namesIn(analysis, context));
  if (!said) return null;
  const rule = said.does === null ? said.name : `${said.name} ${translated(said.does)}`;
  return said.sizes === null ? rule : t('{0}: {1}', rule, said.sizes);
}

/** What an assignment's target was given. */
function valueOf(analysis: Analysis, target: Expr): Expr | null {
  const statement = statementOf(analysis, target);
  if (statement?.kind === 'Assign' && statement.targets.includes(target)) return statement.value;
  if (statement?.kind === 'AnnAssign' || statement?.kind === 'AugAssign') return statement.value;
  return null;
}

function statementOf(analysis: Analysis, node: Expr): Stmt | null {
  let found: Stmt | null = null;
  walk(analysis.tree, (each) => {
    if (each.start > node.start || each.end < node.end) return false;
    if (each.kind === 'Assign' || each.kind === 'AnnAssign' || each.kind === 'AugAssign') found = each;
    return true;
  });
  return found;
}
