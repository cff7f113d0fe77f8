// Two tensors compared on the viewer's page, and tensors that are kept over other evaluations.
import assert from 'node:assert/strict';
import { tensor } from '../webview/memory';
import { assertColors, colorsIn, eventually } from './pixels';
import { viewersOfSuite } from './viewerHost';
import type { ViewerHost } from './viewerHost';

const before = tensor('x', [2, 6, 8], (i) => Math.fround(Math.sin(i)), { dims: ['B', 'H', 'W'] });
/** The same with its dims in another order, and one element off. */
const after = tensor('y', [6, 8, 2], (i) => {
  const [h, w, b] = [Math.floor(i / 16), Math.floor(i / 2) % 8, i % 2];
  return before.values[b * 48 + h * 8 + w]! + (b === 1 && h === 4 && w === 5 ? 0.5 : 0);
}, { dims: ['H', 'W', 'B'] });

describe('comparing', function () {
  this.timeout(60_000);
  let host: ViewerHost;

  const viewer = viewersOfSuite({ width: 900, height: 900, theme: 'dark' });

  beforeEach(async () => { host = await viewer(); });
  it('aligns dims by name, says where they differ most, and goes there', async () => {
    await host.show(after, before);
    await host.page.locator('[data-menu=compare]').selectOption({ label: 'y (6, 8, 2)' });
    await host.page.locator('.facts .title', { hasText: 'x − y' }).waitFor();
    await host.page.locator('.verdict', { hasText: 'not allclose: 1 of 96 elements' }).waitFor();
    await host.page.locator('.agreement', { hasText: 'dims aligned by name' }).waitFor();
    await host.page.locator('.agreement-text', { hasText: 'greatest |a − b|: 0.5 at [1, 4, 5]' }).waitFor();
    const off = (i: number): number => (i === 4 * 8 + 5 ? -0.5 : 0);
    await eventually(async () => assertColors(await host.colors(1, 6, 8), colorsIn({ min: -0.5, max: 0.5, symmetric: true }, Array.from({ length: 48 }, (_, i) => off(i))), 'difference'));
    await host.page.locator('.agreement-text button').first().click();
    await host.page.locator('.readout', { hasText: '(x − y)[1, 4, 5] = -0.5' }).waitFor();
    await host.screenshot('viewer-compare');
    await host.page.locator('[data-tolerance=atol]').fill('1');
    await host.page.locator('[data-tolerance=atol]').press('Enter');
    await host.page.locator('.verdict', { hasText: 'allclose: all 96 elements are close' }).waitFor();
    await host.page.locator('[data-comparison=kind]').selectOption('close');
    await host.page.locator('.facts .title', { hasText: 'isclose(x, y)' }).waitFor();
    await host.page.locator('.legend li', { hasText: 'False ×1' }).waitFor();
    assert.equal(await host.page.locator('[role=tab]').count(), 3, 'it took the place of the difference');
    await host.page.locator('.pin', { hasText: 'Close' }).click();
    await eventually(async () => assert.equal(await host.page.locator('[role=tab]').count(), 2));
  });

  it('broadcasts as torch does, and tells NaN from numbers', async () => {
    const row = tensor('row', [8], (i) => (i === 3 ? NaN : i), { dims: ['W'] });
    const matrix = tensor('matrix', [4, 8], (i) => i % 8, { dims: ['H', 'W'] });
    await host.show(row, matrix);
    await host.page.locator('[data-menu=compare]').selectOption({ label: 'row (8,)' });
    await host.page.locator('.verdict', { hasText: 'not allclose: 4 of 32 elements' }).waitFor();
    await host.page.locator('.agreement-text', { hasText: 'greatest |a − b|: nan at [0, 3]' }).waitFor();
    await host.page.locator('.legend li', { hasText: 'nan ×4' }).waitFor();
  });

  it('is possible with values that were kept when the code was evaluated again', async () => {
    const first = await host.show(before);
    await host.page.locator('.pin').click();
    await host.page.locator('.facts .title', { hasText: 'x (pinned)' }).waitFor();
    const edited = tensor('x', [2, 6, 8], (i) => before.values[i]! * 2, { dims: ['B', 'H', 'W'] });
    const second = await host.show(edited);
    assert.equal(first.disposed, false, 'the values are kept');
    assert.deepEqual(await host.page.locator('[role=tab]').allInnerTexts(), ['x', 'x (pinned)']);
    await host.page.locator('[data-menu=compare]').selectOption({ index: 1 });
    await host.page.locator('.facts .title', { hasText: 'x − x (pinned)' }).waitFor();
    await eventually(async () => assert.equal((await host.numbers())[0]![1], before.values[1]!.toFixed(4)));
    await host.page.locator('[role=tab]', { hasText: /^x \(pinned\)$/ }).click();
    await host.page.locator('.pin', { hasText: 'Unpin' }).click();
    await eventually(async () => assert.deepEqual(await host.page.locator('[role=tab]').allInnerTexts(), ['x']));
    assert.equal(first.disposed, true);
    assert.equal(second.disposed, false);
  });
});
