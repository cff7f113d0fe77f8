// What the tests of repair share: code without its line breaks, and whether two texts are the same program.
import fs from 'node:fs';
import path from 'node:path';
import type { PythonParser } from '../../../../src/shapes/python/parser';
import { findRuns } from '../../../../src/shapes/python/repair/detect';
import { restoredText } from '../../../../src/shapes/python/repair/restore';

/** As pages lose them: each line break goes with the white space behind it. */
export function withoutLineBreaks(code: string, between = ''): string {
  return code.split('\n').map((line) => line.trim()).filter((line) => line !== '').join(between);
}

/** The text with its breaks; as it is where nothing is found to be lost. */
export function restore(text: string, parser: PythonParser): string {
  const lines = text.split('\n');
  const runs = new Map(findRuns(lines, parser).map(({ line, restored }) => [line, restoredText(lines[line]!, restored)]));
  return lines.map((line, index) => runs.get(index) ?? line).join('\n');
}

/** A program without its positions. What strings over several lines lost with their breaks does not count. */
export function programOf(code: string, parser: PythonParser): unknown {
  const { body, errors } = parser.parse(code);
  return { errors: errors.length, body: withoutPositions(body) };
}

function withoutPositions(node: unknown): unknown {
  if (typeof node === 'string') return node.replace(/\s+/g, '');
  if (Array.isArray(node)) return node.map(withoutPositions);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).filter(([key]) => !/^(?:start|end|\w+Span)$/.test(key)).map(([key, value]) => [key, withoutPositions(value)]));
}

/** The classes and functions of a file, each with its decorators, without comments between. */
export function definitionsOf(code: string, parser: PythonParser): { name: string; code: string }[] {
  return parser.parse(code).body.flatMap((node) => (node.kind === 'ClassDef' || node.kind === 'FunctionDef' ? [{ name: node.name, code: code.slice(node.start, node.end) }] : []));
}

export function fixture(name: string): string {
  return fs.readFileSync(path.join(process.cwd(), 'test', 'fixtures', 'newlines', name), 'utf8');
}

/** Every Python file below folders of the project. */
export function pythonFiles(...folders: string[]): string[] {
  return folders.flatMap((folder) => fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.py')).map((file) => path.join(folder, file)));
}
