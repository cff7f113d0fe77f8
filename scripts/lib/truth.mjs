// @ts-check
// What `npm run truth` is made of: the Python environment, the committed records, the two sets of cases that are scored, and
// what `check` finds in whole packages.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';
import { run, start } from './processes.mjs';
import { UserError } from './progress.mjs';

const oracle = path.join(root, 'test', 'oracle', 'truth');
const cli = path.join(root, 'bin', 'shapelens.mjs');
/** What the environment needs beside the models' packages: torch's own test databases use it. */
const EXTRA = ['expecttest'];

/** @typedef {(line: string) => void} Note */
/** @typedef {{ set: string, exact: string, unknown: number, wrong: number, alarms: number, dtype: string }} Row */

/**
 * The environment in the cache, made where it is not there; what is there is not fetched again.
 * @param {string} cache
 * @param {Note} note
 * @returns {Promise<string>}
 */
export async function environment(cache, note) {
  const venv = path.join(cache, 'venv');
  const python = path.join(venv, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const wanted = crypto.createHash('sha256').update(fs.readFileSync(path.join(oracle, 'models', 'requirements.txt'))).update(EXTRA.join()).digest('hex');
  const stamp = path.join(venv, 'shapelens-truth');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return python;
  fs.mkdirSync(cache, { recursive: true });
  const advice = `give one that has torch 2.13 and the packages of ${path.relative(root, path.join(oracle, 'models', 'requirements.txt'))}: npm run truth -- --python PATH`;
  try {
    note('installs torch and the models\' packages (several GB of disk, some minutes)');
    await run('bash', [path.join(oracle, 'models', 'setup.sh'), venv], { onLine: note });
    await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...EXTRA], { onLine: note });
  } catch (error) {
    throw new UserError(`the Python environment could not be made in ${venv}: it needs bash, Python 3.11 or later with venv, and pip's index.\n${/** @type {Error} */ (error).message}\nOr ${advice}`);
  }
  fs.writeFileSync(stamp, wanted);
  return python;
}

/** @param {string} folder @param {RegExp} name @returns {string[]} */
const filesIn = (folder, name) => fs.readdirSync(path.join(root, folder)).filter((file) => name.test(file)).sort().map((file) => path.join(root, folder, file));

/** Each recorder: its arguments, and the file that its output becomes, if it prints. @returns {{ args: string[], into?: string }[]} */
function recorders() {
  const snippets = [...filesIn('test/oracle/python', /\.py$/), ...filesIn('samples/systems', /\.py$/)];
  return [
    { args: ['test/shapes/python/record.py', ...filesIn('test/fixtures/python', /\.py$/)] },
    { args: ['test/shapes/interpreter/builtins/record.py'] },
    { args: ['test/shapes/torch/record.py'] },
    { args: ['test/fixtures/modules/record.py'] },
    { args: ['test/fixtures/diagnostics/record.py'] },
    { args: ['test/evaluation/record.py'], into: 'test/evaluation/fixtures/cases.json' },
    { args: ['test/evaluation/record_einops.py'], into: 'test/evaluation/fixtures/einops.json' },
    { args: ['test/evaluation/record_operators.py'] },
    { args: ['test/evaluation/record_decided.py'] },
    { args: ['test/oracle/record.py', path.join(oracle, 'oracle.py'), ...snippets] },
  ];
}

/** Every committed record by its path. @returns {Map<string, string>} */
function records() {
  const found = fs.readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'));
  return new Map(found.map((file) => [file, fs.readFileSync(path.join(root, 'test', file), 'utf8')]));
}

/**
 * Records anew what torch says; the records that have changed, or why a recorder failed.
 * @param {string} python
 * @param {Note} note
 */
export async function record(python, note) {
  const before = records();
  /** @type {string[]} */
  const failures = [];
  for (const { args, into } of recorders()) {
    note(/** @type {string} */ (args[0]));
    try {
      const output = await run(python, ['-W', 'ignore', ...args], { cwd: root });
      if (into) fs.writeFileSync(path.join(root, into), output);
    } catch (error) {
      failures.push(/** @type {Error} */ (error).message.split('\n').slice(-1)[0] ?? '');
      note(`${args[0]} failed: ${failures.at(-1)}`);
    }
  }
  const after = records();
  return { count: after.size, changed: [...after].filter(([file, text]) => before.get(file) !== text).map(([file]) => `test/${file}`), failures };
}

/** Runs a command that may end with status 1 (errors found, something wrong), its output into a file. @param {string} command @param {string[]} args @param {string} file */
function into(command, args, file) {
  return /** @type {Promise<void>} */ (new Promise((resolve, reject) => {
    const output = fs.openSync(file, 'w');
    const child = start(command, args, { cwd: root, stdio: ['ignore', output, 'inherit'] });
    child.once('error', reject);
    child.once('close', (code) => {
      fs.closeSync(output);
      if (code === 0 || code === 1) resolve();
      else reject(new UserError(`${command} ${args.slice(0, 3).join(' ')} … ended with status ${code}`));
    });
  }));
}

const share = (/** @type {number} */ part, /** @type {number} */ whole) => (whole > 0 ? `${((100 * part) / whole).toFixed(1)} %` : '–');

/**
 * The cases that torch's own test databases have for the visible operators, traced and scored.
 * @param {string} python
 * @param {string} cache
 * @param {Note} note
 * @returns {Promise<Row[]>}
 */
export async function operators(python, cache, note) {
  const folder = path.join(cache, 'operators');
  if (!fs.existsSync(path.join(folder, 'errors', 'expected.json'))) {
    note('writes the cases of torch\'s test databases');
    await run(python, ['-W', 'ignore', path.join(oracle, 'opinfo.py'), '--out', folder], { onLine: note });
  }
  /** @type {Row[]} */
  const rows = [];
  for (const errors of [false, true]) {
    const cases = errors ? path.join(folder, 'errors') : folder;
    const [trace, score] = [path.join(cache, 'trace.json'), path.join(cache, 'score.json')];
    note(errors ? 'traces what torch refuses' : 'traces what torch runs');
    const files = fs.readdirSync(cases).filter((file) => file.endsWith('.py')).sort().map((file) => path.join(cases, file));
    await into(process.execPath, [cli, 'trace', ...files, '--json'], trace);
    await into(python, [path.join(oracle, 'score_opinfo.py'), '--expected', path.join(cases, 'expected.json'), '--trace', trace, '--json', ...(errors ? ['--errors'] : [])], score);
    const { total, 'false alarms': alarms } = JSON.parse(fs.readFileSync(score, 'utf8'));
    const counted = (total.exact ?? 0) + (total.unknown ?? 0) + (errors ? 0 : total.wrong ?? 0);
    rows.push({ set: errors ? 'operators: errors found' : 'operators', exact: share(total.exact ?? 0, counted), unknown: total.unknown ?? 0, wrong: errors ? 0 : (total.wrong ?? 0) + (total['by value wrong'] ?? 0), alarms, dtype: errors ? '' : share(total['dtype exact'] ?? 0, counted) });
  }
  return rows;
}

/**
 * The public names of torch that have no rule, of all that there are.
 * @param {string} python
 * @param {string} cache
 * @returns {Promise<{ count: number, unknown: string[] }>}
 */
export async function names(python, cache) {
  const [file, trace] = [path.join(cache, 'names.py'), path.join(cache, 'names.json')];
  await run(python, ['-W', 'ignore', path.join(oracle, 'names.py'), file]);
  await into(process.execPath, [cli, 'trace', file, '--json'], trace);
  /** @type {{ text: string, kind: string, unknown?: string }[]} */
  const expressions = JSON.parse(fs.readFileSync(trace, 'utf8')).files[0].expressions;
  const lines = new Set(fs.readFileSync(file, 'utf8').split('\n').filter((line) => !line.includes(' ')));
  const mentioned = expressions.filter(({ kind, text }) => kind === 'Attribute' && lines.has(text));
  return { count: mentioned.length, unknown: mentioned.filter(({ unknown }) => unknown !== undefined).map(({ text }) => text) };
}

/**
 * Released models, recorded once a set of packages, traced with their calls and without, and scored.
 * @param {string} python
 * @param {string} cache
 * @param {Note} note
 * @returns {Promise<Row[]>}
 */
export async function models(python, cache, note) {
  const folder = path.join(cache, 'models');
  const env = { ...process.env, MODELS_PYTHON: python, MODELS_ORACLE: folder };
  if (!fs.existsSync(path.join(folder, 'complete'))) {
    fs.mkdirSync(folder, { recursive: true });
    note('records the models (some minutes)');
    await run(python, [path.join(oracle, 'models', 'record.py')], { env, onLine: note });
    fs.writeFileSync(path.join(folder, 'complete'), '');
  }
  /** @type {Row[]} */
  const rows = [];
  for (const call of [true, false]) {
    const score = path.join(cache, 'score.json');
    note(call ? 'traces the models with their calls' : 'traces the models without a call');
    await run(python, [path.join(oracle, 'models', 'run.py'), root, '--json', score, ...(call ? [] : ['--no-call'])], { env, onLine: note });
    const { total } = JSON.parse(fs.readFileSync(score, 'utf8'));
    const { tensors, dtypes } = total;
    rows.push({ set: call ? 'models with a call' : 'models without a call', exact: share(tensors.exact + tensors.consistent, tensors.total), unknown: tensors.unknown + tensors.missing + tensors.partial, wrong: tensors.wrong, alarms: total.falseAlarms.length, dtype: share(dtypes.exact, dtypes.total) });
  }
  return rows;
}

/** The packages of which every finding has a verdict. */
const CHECKED = ['transformers/models', 'timm', 'vit_pytorch'];

/**
 * Checks whole packages, holds what is found against the verdicts, and runs the calls that these rest on.
 * @param {string} python
 * @param {string} cache
 * @param {Note} note
 * @returns {Promise<{ lines: string[], failed: boolean }>}
 */
export async function findings(python, cache, note) {
  const verdicts = path.join(root, 'test', 'oracle', 'verdicts');
  const packages = (await run(python, ['-c', "import sysconfig; print(sysconfig.get_paths()['purelib'])"])).trim();
  /** @type {string[]} */
  const reports = [];
  for (const folder of CHECKED) {
    note(`checks ${folder}`);
    reports.push(path.join(cache, `findings-${folder.replace('/', '-')}.json`));
    await into(process.execPath, [cli, 'check', path.join(packages, folder), '--environment', packages, '--format', 'json'], /** @type {string} */ (reports.at(-1)));
  }
  /** @type {string[]} */
  const lines = [];
  for (const [script, args] of /** @type {[string, string[]][]} */ ([['sample.py', reports], ['confirm.py', []]])) {
    note(script);
    const file = path.join(cache, 'verdicts.txt');
    await into(python, ['-W', 'ignore', path.join(verdicts, script), ...args], file);
    lines.push(...fs.readFileSync(file, 'utf8').trim().split('\n'));
  }
  return { lines, failed: lines.some((line) => /^(?:without a verdict|judged false|not confirmed): /.test(line)) };
}
