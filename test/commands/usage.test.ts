// What the command line says of itself, and of being called wrongly: one line on standard error, exit status 2.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { shapelens } from './cli';

const COMMANDS = ['trace', 'check', 'eval', 'verify', 'coverage', 'doctor', 'provision', 'lsp'];

describe('the command line', () => {
  it('prints its version', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    for (const option of ['--version', '-V']) assert.deepEqual(shapelens([option]), { status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints each command, and what each takes', () => {
    const { status, stdout, stderr } = shapelens(['--help']);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    for (const command of COMMANDS) assert.match(stdout, new RegExp(`^  ${command} `, 'm'));
    const trace = shapelens(['trace', '--help']);
    assert.equal(trace.status, 0);
    assert.match(trace.stdout, /--call <code>[^]*--set <name=value>[^]*--environment <folder>/);
    assert.doesNotMatch(trace.stdout, /default: \[\]/);
  });

  it('says in one line what is wrong', () => {
    const wrong: [args: string[], said: RegExp][] = [
      [[], /^shapelens: this needs a command: shapelens --help lists them\n$/],
      [['help', 'draw'], /^shapelens: this needs a command: shapelens --help lists them\n$/],
      [['trase', 'a.py'], /^shapelens: unknown command 'trase' \(Did you mean trace\?\)\n$/],
      [['draw'], /^shapelens: unknown command 'draw'\n$/],
      [['trace'], /^shapelens: missing required argument 'file'\n$/],
      [['trace', '--colour', 'a.py'], /^shapelens: unknown option '--colour'\n$/],
    ];
    for (const [args, said] of wrong) {
      const { status, stdout, stderr } = shapelens(args);
      assert.deepEqual({ status, stdout }, { status: 2, stdout: '' }, args.join(' '));
      assert.match(stderr, said);
    }
  });
});
