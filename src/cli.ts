/** The command line: reads arguments, runs a command, sets the exit status. A client of the same engine as the editor. */
import { Command, CommanderError } from 'commander';
import { UsageError } from './node/files';

const write = (text: string): void => void process.stdout.write(text);
const collect = (value: string, all: string[]): string[] => [...all, value];

function tracing(command: Command): Command {
  return command
    .option('--call <code>', 'enter the code with this expression, or statements separated by ; that end in one')
    .option('--set <name=value>', 'pin a symbol to a number', collect, [])
    .option('--environment <folder>', 'where the source of imported packages is read: a virtual environment or site-packages folder')
    .option('--language <name>', 'what standard input is: python, markdown, text or notebook');
}

function program(): Command {
  const shapelens = new Command('shapelens').description('The shape of every expression of PyTorch code, and what is in it, without running the code.').exitOverride().configureOutput({ writeErr: () => undefined });
  tracing(shapelens.command('trace').argument('<file...>').description('print each line with its shapes'))
    .option('--json', 'as JSON')
    .action(async (files: string[], options) => finish((await import('./commands/trace')).runTrace(files, options, write)));
  return shapelens;
}

async function finish(status: number | Promise<number>): Promise<void> {
  process.exitCode = await status;
}

async function main(): Promise<void> {
  // The reader of a pipe may leave early (`| head`): that is no error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => { if (error.code === 'EPIPE') process.exit(0); else throw error; });
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return;
      process.stderr.write(`shapelens: ${error.message.replace(/^error: /, '')}\n`);
    } else if (error instanceof UsageError) process.stderr.write(`shapelens: ${error.message}\n`);
    else process.stderr.write(`shapelens: an internal error: ${error instanceof Error ? error.message : String(error)}\n${process.env['SHAPELENS_DEBUG'] && error instanceof Error ? `${error.stack}\n` : ''}`);
    process.exitCode = 2;
  }
}

void main();
