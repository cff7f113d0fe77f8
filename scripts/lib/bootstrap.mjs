// @ts-check
// What both commands do first: packages, bundles, TensorFlow. Everything is skipped that is already there.
import { installDependencies } from './install.mjs';
import { root } from './paths.mjs';
import { passthrough, run } from './processes.mjs';
import { say, step, UserError } from './progress.mjs';

/** The packages, for a Node that is new enough. */
export async function bootstrap() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new UserError(`Shapelens needs Node 20 or newer; this is ${process.version}`);
  await installDependencies(root);
}

/** The bundles. @param {{ tests: boolean }} options whether the editor tests are bundled too */
export async function build({ tests }) {
  await step('building', async (note) => {
    const printed = await run(process.execPath, ['esbuild.mjs', ...(tests ? ['--tests'] : [])], { cwd: root });
    if (printed.trim()) note(printed.trim());
  });
}

/** TensorFlow's native backend. Without it everything works on WebAssembly, so a failure ends nothing. */
export async function provisionTensorFlow() {
  const status = await step('TensorFlow native backend (node bin/shapelens.mjs provision)',
    () => passthrough(process.execPath, ['bin/shapelens.mjs', 'provision'], { cwd: root }));
  if (status !== 0) say('  going on with TensorFlow on WebAssembly; the reason is above, and `node bin/shapelens.mjs doctor` says it again');
}
