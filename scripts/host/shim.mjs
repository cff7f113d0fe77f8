#!/usr/bin/env node
// @ts-check
// Stands where @vscode/test-electron expects VS Code's executable: takes the same arguments, runs the tests in the
// extension host of the served VS Code, and ends with their status.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { tail } from '../lib/processes.mjs';
import { artifacts } from '../lib/paths.mjs';
import { UserError } from '../lib/progress.mjs';
import { startBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

/** What the workbench and the extension host print; too much for the terminal. */
const consoleLog = path.join(artifacts, 'editor-console.log');
const minutes = Number(process.env.SHAPELENS_TEST_MINUTES ?? 8);

/** @param {string[]} args */
function parse(args) {
  /** @param {string} name */
  const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const extension = option('extensionDevelopmentPath');
  const tests = option('extensionTestsPath');
  if (!extension || !tests) throw new UserError('usage: shim.mjs --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [FOLDER]');
  const folder = args.find((arg) => !arg.startsWith('-'));
  return { extension: path.resolve(extension), tests: path.resolve(tests), folder: folder && path.resolve(folder) };
}

async function main() {
  fs.mkdirSync(artifacts, { recursive: true });
  const target = parse(process.argv.slice(2));
  const server = await startServer();
  const { browser, page } = await startBrowser();
  try {
    /** @type {(code: number) => void} */
    let finish = () => {};
    /** @type {Promise<number>} */
    const finished = new Promise((resolve) => (finish = resolve));
    const log = fs.createWriteStream(consoleLog);
    // The workbench calls these two, if they are there, for what tests print and when they end.
    await page.exposeFunction('codeAutomationLog', (/** @type {string} */ level, /** @type {unknown[]} */ args) => {
      log.write(`${level}: ${args.join(' ')}\n`);
    });
    await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => finish(code));
    page.on('crash', () => finish(70));
    await page.goto(server.address(target));
    const overdue = sleep(minutes * 60_000, undefined, { ref: false }).then(() => {
      throw new UserError(`the tests did not end within ${minutes} minutes. The log ends with:\n${tail(fs.readFileSync(consoleLog, 'utf8'), 30)}\n${tail(server.log())}`);
    });
    return await Promise.race([finished, server.crashed, overdue]);
  } finally {
    await browser.close();
    await server.close();
  }
}

main().then((code) => process.exit(code), (error) => {
  process.stderr.write(`${error instanceof UserError ? error.message : error?.stack ?? error}\n`);
  process.exit(70);
});
