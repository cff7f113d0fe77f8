/** Finds the source of imported modules in folders, as Python's path does; texts are cached by modification time. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SourceResolver } from '../shapes/interpreter/resolver';
import { findEnvironment, sitePackages } from './environment';

/** Larger files are no source that a person wrote. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Folders are searched in order: the root of the package that the file lies in, the environment's packages, then those
 * from which the file's project is run. Torch and what the engine knows by name never come here.
 */
export function sourcesFor(file: string | null, environment: string | null): SourceResolver {
  const folders: string[] = [];
  if (file) folders.push(packageRoot(file));
  const chosen = environment ?? (file ? findEnvironment(file) : null);
  if (chosen) folders.push(...sitePackages(chosen));
  const around = file ? foldersAround(packageRoot(file)) : [];
  const known = new Map<string, ReturnType<SourceResolver['resolve']>>();
  return {
    resolve(name) {
      let found = known.get(name);
      if (found === undefined) known.set(name, (found = find(folders, name) ?? find(runFrom(around, name), name)));
      return found;
    },
    version: (distribution) => versionIn(folders, distribution),
  };
}

/** The dotted name by which a file's own package imports it: `timm.layers.mlp`. */
export function moduleNameOf(file: string): string {
  const root = packageRoot(file);
  const relative = path.relative(root, path.resolve(file)).replace(/\.pyi?$/, '');
  const parts = relative.split(path.sep);
  if (parts[parts.length - 1] === '__init__') parts.pop();
  return parts.join('.');
}

/** The first folder above the file that is no package itself. */
function packageRoot(file: string): string {
  let folder = path.dirname(path.resolve(file));
  while (fs.existsSync(path.join(folder, '__init__.py')) && path.dirname(folder) !== folder) folder = path.dirname(folder);
  return folder;
}

/** Folders above that may be where the project is run from. */
const MAX_LEVELS = 6;
const PROJECT_FILES = ['.git', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt', 'README.md'];

/** The folder and those above it, up to the one that holds the project. */
function foldersAround(folder: string): string[] {
  const folders = [folder];
  for (let i = 0; i < MAX_LEVELS && !isProject(folder) && path.dirname(folder) !== folder; i++) folders.push((folder = path.dirname(folder)));
  return folders;
}

function isProject(folder: string): boolean {
  return PROJECT_FILES.some((name) => fs.existsSync(path.join(folder, name)));
}

/**
 * Where an import by the full name may start from: the project's folders, and what holds a folder of that name in which
 * the file lies, which needs no `__init__.py` to be a package.
 */
function runFrom(around: readonly string[], name: string): string[] {
  const top = name.split('.')[0]!;
  const named = around.filter((folder) => path.basename(folder) === top).map((folder) => path.dirname(folder));
  return isProject(around.at(-1) ?? '') ? [...around, ...named] : named;
}

/** Distributions are told by the names of their `.dist-info` folders: https://packaging.python.org/en/latest/specifications/recording-installed-packages/ */
function versionIn(folders: readonly string[], distribution: string): string | null {
  const normal = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '_');
  for (const folder of folders) {
    const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
    for (const name of names) {
      const found = /^(.+)-([^-]+)\.dist-info$/.exec(name);
      if (found && normal(found[1]!) === normal(distribution)) return found[2]!;
    }
  }
  return null;
}

function find(folders: readonly string[], name: string): ReturnType<SourceResolver['resolve']> {
  if (!/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(name)) return null;
  const relative = path.join(...name.split('.'));
  for (const folder of folders) {
    for (const [candidate, isPackage] of [[path.join(folder, relative, '__init__.py'), true], [path.join(folder, `${relative}.py`), false]] as const) {
      const text = read(candidate);
      if (text !== null) return { path: candidate, text, isPackage };
    }
  }
  return null;
}

function read(file: string): string | null {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > MAX_BYTES) return null;
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // Not readable for us is the same as not there.
    return null;
  }
}
