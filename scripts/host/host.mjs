// @ts-check
// Makes ready what the editor and page tests of this run will start, before the first of them needs it.
import { chooseTestHost } from './choose.mjs';
import { provisionChromium } from './chromium.mjs';
import { provisionServer } from './provision.mjs';

/** @param {{ page: boolean }} options whether page tests run: these always look at the served VS Code */
export async function provisionHost({ page }) {
  if (process.platform !== 'linux') return;
  const { kind } = await chooseTestHost();
  if (kind === 'desktop' && !page) return;
  await Promise.all([provisionServer(), provisionChromium()]);
}
