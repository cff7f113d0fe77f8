/** The command line: reads arguments, runs a command, sets the exit status. A client of the same engine as the editor. */
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { UsageError } from './node/files';

const write = (text: string): void => void process.stdout.write(text);
/** No default of its own: the help would print it. */
const collect = (value: string, all: string[] | undefined): string[] => [...all ?? [], value];

function tracing(command: Command): Command {
  return command
    .option('--call <code>', 'enter the code with this expression, or statements separated by ; that end in one')
    .option('--set <name=value>', 'pin a symbol to a number, or a name that nothing defines to a Python value', collect)
    .option('--environment <folder>', 'where the source of imported packages is read: a virtual environment or site-packages folder')
    .option('--language <name>', 'what standard input is: python, markdown, text or notebook');
}

function program(): Command {
  const shapelens = new Command('shapelens').description('The shape of every expression of PyTorch code, and what is in it, without running the code.')
    .version(version, '-V, --version', 'print the version').exitOverride().configureOutput({ writeErr: () => undefined });
  tracing(shapelens.command('trace').argument('<file...>').description('print each line with its shapes'))
    .option('--json', 'as JSON')
    .action(async (files: string[], options) => finish((await import('./commands/trace')).runTrace(files, options, write)));
  tracing(shapelens.command('check').argument('<path...>').description('print what is wrong, of files and folders'))
    .option('--format <name>', 'text, json, github or sarif')
    .action(async (paths: string[], options) => finish((await import('./commands/check')).runCheck(paths, options, write)));
  tracing(shapelens.command('eval').argument('<file>').description('compute real values of an expression, or of the last tensor of the file'))
    .option('--expr <text>', 'the expression, as the file has it')
    .option('--at <line:column>', 'the expression at this place, counted from 1')
    .option('--seed <number>', 'for random initial values')
    .option('--checkpoint, --params <file>', 'take the values of parameters from this file: safetensors, a PyTorch checkpoint, .npz or .npy')
    .option('--backend <name>', 'auto, tensorflow, wasm or cpu')
    .option('--anyway', 'whatever memory it needs: without, what needs more than half of the machine\'s, or 8 GB, is refused')
    .option('--json', 'as JSON')
    .action(async (file: string, options) => finish((await import('./commands/eval')).runEval(file, options, write)));
  tracing(shapelens.command('verify').argument('<file...>').description('compare what an author printed with what the code computes'))
    .option('--backend <name>', 'auto, tensorflow, wasm or cpu')
    .option('--anyway', 'whatever memory it needs')
    .option('--json', 'as JSON')
    .action(async (files: string[], options) => finish((await import('./commands/verify')).runVerify(files, options, write)));
  tracing(shapelens.command('coverage').argument('<path...>').description('how many tensor expressions have a shape, and why others have none'))
    .option('--json', 'as JSON')
    .action(async (paths: string[], options) => finish((await import('./commands/coverage')).runCoverage(paths, options, write)));
  shapelens.command('doctor').description('which backend computes values, why not a faster one, how to get it')
    .option('--json', 'as JSON')
    .action(async (options) => finish((await import('./commands/doctor')).runDoctor(options)));
  shapelens.command('provision').description('fetch, check and build the native backend')
    .option('--json', 'as JSON')
    .action(async (options) => finish((await import('./commands/provision')).runProvision(options)));
  shapelens.command('lsp').description('the language server, for any editor').option('--stdio', 'over standard input and output').action(async () => finish((await import('./commands/lsp')).runServer()));
  return shapelens;
}

async function finish(status: number | Promise<number>): Promise<void> {
  process.exitCode = await status;
}

/** In one line. Where no command that there is was named, commander only wants to show the help. */
function usageMessage({ code, message }: CommanderError): string {
  return code === 'commander.help' ? 'this needs a command: shapelens --help lists them' : message.replace(/^error: /, '').replace(/\n/g, ' ');
}

async function main(): Promise<void> {
  // The reader of a pipe may leave early (`| head`): that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); else throw error; });
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return;
      process.stderr.write(`shapelens: ${usageMessage(error)}\n`);
    } else if (error instanceof UsageError) process.stderr.write(`shapelens: ${error.message}\n`);
    else process.stderr.write(`shapelens: an internal error: ${error instanceof Error ? error.message : String(error)}\n${process.env['SHAPELENS_DEBUG'] && error instanceof Error ? `${error.stack}\n` : ''}`);
    process.exitCode = 2;
  }
}

void main();
