/** Where the worker and the package lie, from the bundles in `dist` as well as from the sources. */
import * as fs from 'node:fs';
import * as path from 'node:path';

export interface WorkerLocation { readonly workerPath: string; readonly execArgv: readonly string[] }

/** For `new EvaluationClient({ ...workerLocation(), … })`. */
export function workerLocation(directory: string = __dirname): WorkerLocation {
  const bundled = path.join(directory, 'worker.js');
  if (fs.existsSync(bundled)) return { workerPath: bundled, execArgv: [] };
  return { workerPath: path.join(directory, 'worker.ts'), execArgv: ['--import', 'tsx'] };
}

/** The folder of the package's own `package.json`. */
export function packageRoot(directory: string = __dirname): string {
  for (let at = directory; ; at = path.dirname(at)) {
    if (fs.existsSync(path.join(at, 'package.json'))) return at;
    if (at === path.dirname(at)) return directory;
  }
}
