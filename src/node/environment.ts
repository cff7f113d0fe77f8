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

function isFolder(folder: string): boolean {
  return fs.existsSync(folder) && fs.statSync(folder).isDirectory();
}

function isFile(file: string): boolean {
  return fs.existsSync(file) && fs.statSync(file).isFile();
}
