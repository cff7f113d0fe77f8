/** Where imported packages lie: found by looking at folders, never by running Python. */
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The site-packages folders of a virtual environment or installation, named by its folder or its interpreter; or the folder itself if it holds packages. */
export function sitePackages(given: string): string[] {
  const environment = isFile(given) ? path.dirname(path.dirname(path.resolve(given))) : given;
  const candidates = [path.join(environment, 'Lib', 'site-packages')];
  for (const lib of ['lib', 'lib64']) {
    for (const version of list(path.join(environment, lib))) {
      if (/^python3(\.\d+)?$/.test(version)) for (const packages of ['site-packages', 'dist-packages']) candidates.push(path.join(environment, lib, version, packages));
    }
  }
  const found = [...new Set(candidates.filter(isFolder).map((folder) => fs.realpathSync(folder)))];
  return found.length > 0 ? found : isFolder(environment) ? [environment] : [];
}

/** Names of an editable install's finder and where their sources lie: `MAPPING = {'zoo': '/home/me/zoo/src/zoo'}`. */
const MAPPED = /(['"])([\w.]+)\1\s*:\s*(['"])([^'"]+)\3/g;

/**
 * Folders of packages that are installed where they are developed (`pip install -e`): named in `.pth` files, or in the table
 * of a finder. Other lines of `.pth` files are code, which is not run. https://docs.python.org/3/library/site.html
 */
export function installedInPlace(packages: string): string[] {
  const folders = list(packages).flatMap((name) => {
    const file = path.join(packages, name);
    if (name.endsWith('.pth')) return read(file).split(/\r?\n/).filter((line) => line !== '' && !/^(import\s|#)/.test(line)).map((line) => path.resolve(packages, line));
    if (!/^__editable___.*_finder\.py$/.test(name)) return [];
    const table = /^MAPPING\b[^=]*=\s*\{([^}]*)\}/m.exec(read(file))?.[1] ?? '';
    return [...table.matchAll(MAPPED)].filter(([, , module, , folder]) => path.basename(folder!) === module!.split('.').at(-1)).map(([, , module, , folder]) => path.resolve(folder!, ...module!.split('.').map(() => '..')));
  });
  return [...new Set(folders)].filter(isFolder);
}

/** The environment for a file: the one it lies in, `.venv` or `venv` above it, `$VIRTUAL_ENV`, the `python3` on PATH. */
export function findEnvironment(file: string, variables: NodeJS.ProcessEnv = process.env): string | null {
  for (let folder = path.dirname(path.resolve(file)); ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'pyvenv.cfg'))) return folder;
    if (/^(site|dist)-packages$/.test(path.basename(folder))) return folder;
    for (const name of ['.venv', 'venv']) if (fs.existsSync(path.join(folder, name, 'pyvenv.cfg'))) return path.join(folder, name);
    if (path.dirname(folder) === folder) break;
  }
  if (variables['VIRTUAL_ENV'] && isFolder(variables['VIRTUAL_ENV'])) return variables['VIRTUAL_ENV'];
  for (const folder of (variables['PATH'] ?? '').split(path.delimiter)) {
    for (const name of ['python3', 'python3.exe', 'python.exe']) {
      const program = path.join(folder, name);
      if (!fs.existsSync(program)) continue;
      const home = path.dirname(path.dirname(fs.realpathSync(program)));
      if (sitePackages(home).some((packages) => packages !== home)) return home;
    }
  }
  return null;
}

function list(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    // A folder that cannot be read holds nothing for us.
    return [];
  }
}

function read(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // A file that cannot be read says nothing.
    return '';
  }
}

function isFolder(folder: string): boolean {
  return fs.existsSync(folder) && fs.statSync(folder).isDirectory();
}

function isFile(file: string): boolean {
  return fs.existsSync(file) && fs.statSync(file).isFile();
}
