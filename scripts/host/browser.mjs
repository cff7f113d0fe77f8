// @ts-check
// The browser around the served VS Code, and what goes wrong in it: console errors and violated content policies.
import { chromium } from 'playwright-core';
import { provisionChromium } from './chromium.mjs';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** @param {{ width?: number, height?: number }} [size] in CSS pixels */
export async function startBrowser({ width = 1280, height = 800 } = {}) {
  const executablePath = await provisionChromium();
  const browser = await chromium.launch({ executablePath, args: flags });
  const context = await browser.newContext({ viewport: { width, height }, permissions: ['clipboard-read', 'clipboard-write'] });
  return { browser, page: await context.newPage() };
}
