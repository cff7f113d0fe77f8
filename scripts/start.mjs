// @ts-check
// `npm start [-- FILE]`: sets up what is missing, shows the traced sample in the terminal, and ends with the editor on it.
// The editor is the desktop's VS Code if there is one, else the served one; Ctrl-C ends it with all that it started.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { choiceOfUser, findDesktop } from './host/choose.mjs';
import { openDesktop } from './host/desktop.mjs';
import { provisionServer } from './host/provision.mjs';
import { openServed } from './host/served.mjs';
import { bootstrap, build, provisionTensorFlow } from './lib/bootstrap.mjs';
import { root } from './lib/paths.mjs';
import { passthrough } from './lib/processes.mjs';
import { say, step, UserError } from './lib/progress.mjs';

const sample = path.join(root, 'samples', 'relative-position-bias.md');
/** Of the sample, what the terminal shows the values of: the bias of the small window. */
const bias = 'bias.permute(2, 0, 1).contiguous()';

/** The file to show. npm runs scripts in the project's root; a relative name means the folder npm was called in. */
function fileToOpen() {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const [name, ...more] = positionals;
  if (more.length > 0) throw new UserError('usage: npm start -- [FILE]');
  if (!name) return sample;
  const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) throw new UserError(`${file} is not a file`);
  return file;
}

/** Runs one command of Shapelens; what it says about the file is for the reader, so its status ends nothing. @param {string[]} args */
async function show(args) {
  const words = args.map((word) => (path.isAbsolute(word) ? path.relative(process.cwd(), word) : /\s/.test(word) ? `"${word}"` : word));
  say(`\n$ node bin/shapelens.mjs ${words.join(' ')}`);
  const status = await passthrough(process.execPath, [path.join(root, 'bin', 'shapelens.mjs'), ...args]);
  if (status !== 0) say(`(status ${status})`);
}

async function main() {
  const file = fileToOpen();
  say(`Shapelens: ${path.relative(process.cwd(), file)}`);
  const wish = choiceOfUser();
  const desktop = wish?.kind === 'served' ? undefined : findDesktop();
  if (!desktop && wish?.kind === 'desktop') throw new UserError('no `code` on PATH; set VSCODE_PATH to the command of VS Code');
  await Promise.all([bootstrap().then(() => build({ tests: false })), desktop ? undefined : provisionServer()]);
  await show(['trace', file]);
  await provisionTensorFlow();
  await show(file === sample ? ['eval', file, '--expr', bias] : ['eval', file]);
  say('');
  if (desktop) await step('VS Code', () => openDesktop(desktop, file));
  else await openServed(file);
}

main().then(() => process.exit(0), (error) => {
  process.stderr.write(`${error instanceof UserError ? error.message : error?.stack ?? error}\n`);
  process.exit(1);
});
