/** Finds the source of imported modules in folders, as Python's path does. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SourceResolver } from '../shapes/interpreter/resolver';
import { findEnvironment, installedInPlace, sitePackages } from './environment';

/** Larger files are no source that a person wrote. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The text of a file that is open in an editor, saved or not; null where it is not open. */
export type OpenTexts = (path: string) => string | null;

/**
 * Folders are searched in order: the root of the package that the file lies in, those from which the file's project is
 * run, the environment's packages and what is installed there in place, then the file's own folder and those of the
 * packages around it, which a script puts on its path. As in Python a project's own modules come before installed ones
 * of their name. Torch and what the engine knows by name never come here.
 */
export function sourcesFor(file: string | null, environment: string | null, open: OpenTexts = () => null): SourceResolver {
  const own = file ? [packageRoot(file)] : [];
  const chosen = environment ?? (file ? findEnvironment(file) : null);
  const packages = chosen ? sitePackages(chosen) : [];
  const installed = [...packages, ...packages.flatMap(installedInPlace)];
  const folders = [...own, ...installed];
  const around = file ? foldersAround(packageRoot(file)) : [];
  const beside = file ? foldersUpTo(path.dirname(path.resolve(file)), packageRoot(file)) : [];
  const located = (name: string): SourceFile | null => locate(own, name) ?? locate(runFrom(around, name), name) ?? locate(installed, name) ?? locate(beside, name);
  const known = new Map<string, ReturnType<SourceResolver['resolve']>>();
  const stamps = new Map<string, string | null>();
  return {
    resolve(name) {
      let found = known.get(name);
      if (found === undefined) {
        const file = located(name);
        stamps.set(name, file && open(file.path) === null ? stampOf(file) : null);
        known.set(name, (found = file && find(file, open)));
      }
      return found;
    },
    version: (distribution) => versionIn(folders, distribution),
    isCurrent: (path) => [...known].every(([name, was]) => (path !== undefined && was?.path !== path) || isAsRead(located(name), was, stamps.get(name)!, open)),
  };
}

/** How a file's own package imports it, as options of a trace. */
export const moduleOf = (file: string): { moduleName: string; isPackage: boolean } => ({ moduleName: moduleNameOf(file), isPackage: path.basename(file) === '__init__.py' });

/** The dotted name by which a file's own package imports it: `timm.layers.mlp`. */
function moduleNameOf(file: string): string {
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

/** The folder and those above it, below `root`. */
function foldersUpTo(folder: string, root: string): string[] {
  const folders: string[] = [];
  for (; folder !== root && path.dirname(folder) !== folder; folder = path.dirname(folder)) folders.push(folder);
  return folders;
}

/** Folders above that may be where the project is run from. */
const MAX_LEVELS = 6;
const UNMARKED_LEVELS = 4;
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
  const project = around.at(-1) ?? '';
  // Files that came without what marks a project are run from a folder not far above them.
  if (!isProject(project)) return [...around.slice(0, UNMARKED_LEVELS), ...named];
  // A project may keep its packages in `src`: https://packaging.python.org/en/latest/discussions/src-layout-vs-flat-layout/
  return [...around, path.join(project, 'src'), ...named];
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

interface SourceFile { readonly path: string; readonly isPackage: boolean; readonly stat: fs.Stats }

function locate(folders: readonly string[], name: string): SourceFile | null {
  if (!/^[\p{L}_][\p{L}\p{N}_]*(\.[\p{L}_][\p{L}\p{N}_]*)*$/u.test(name)) return null;
  const relative = path.join(...name.split('.'));
  for (const folder of folders) {
    for (const [candidate, isPackage] of [[path.join(folder, relative, '__init__.py'), true], [path.join(folder, `${relative}.py`), false]] as const) {
      const stat = fs.statSync(candidate, { throwIfNoEntry: false });
      if (stat?.isFile() && stat.size <= MAX_BYTES) return { path: candidate, isPackage, stat };
    }
  }
  return null;
}

/** Whether the file that the name leads to now holds what was read for it. */
function isAsRead(file: SourceFile | null, was: ReturnType<SourceResolver['resolve']>, stamp: string | null, open: OpenTexts): boolean {
  if (file?.path !== was?.path || !file || !was) return file === null && was === null;
  const opened = open(file.path);
  if (opened !== null) return opened === was.text;
  // What was read from an editor has no stamp of the disk, though it may have been saved as it was.
  return stampOf(file) === stamp || find(file, open)?.text === was.text;
}

/** Changes when the file does. */
const stampOf = (file: SourceFile | null): string | null => file && `${file.path} ${file.stat.mtimeMs} ${file.stat.size}`;

function find(file: SourceFile, open: OpenTexts): ReturnType<SourceResolver['resolve']> {
  try {
    return { path: file.path, text: open(file.path) ?? fs.readFileSync(file.path, 'utf8'), isPackage: file.isPackage };
  } catch {
    // Not readable for us is the same as not there.
    return null;
  }
}
