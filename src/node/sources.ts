/** Finds the source of imported modules in folders, as Python's path does; texts are cached by modification time. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { SourceResolver } from '../shapes/interpreter/resolver';
import { findEnvironment, sitePackages } from './environment';

/** Larger files are no source that a person wrote. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Folders are searched in order: the root of the package that the file lies in, then the environment's packages.
 * Torch and what the engine knows by name never come here.
 */
export function sourcesFor(file: string | null, environment: string | null): SourceResolver {
  const folders: string[] = [];
  if (file) folders.push(packageRoot(file));
  const chosen = environment ?? (file ? findEnvironment(file) : null);
  if (chosen) folders.push(...sitePackages(chosen));
  const known = new Map<string, ReturnType<SourceResolver['resolve']>>();
  return {
    resolve(name) {
      let found = known.get(name);
      if (found === undefined) known.set(name, (found = find(folders, name)));
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
