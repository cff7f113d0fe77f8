import assert from 'node:assert/strict';
import { trace } from './check';

describe('limits of a trace', () => {
  it('ends with what it has where the budget is spent', async () => {
    const analysis = await trace(`${'n = 0\n'.repeat(600)}late = 1\n`, { budget: { steps: 500 } });
    assert.equal(analysis.complete, false);
    assert.match(analysis.notice!, /more than 500 expressions/);
    assert.ok([...analysis.recordings.values()].some(({ node, target }) => target && node.kind === 'Name' && node.id === 'n'));
  });

  it('ends where the time is spent', async () => {
    let now = 0;
    const analysis = await trace('n = 0\n'.repeat(9000), { budget: { milliseconds: 50, now: () => (now += 20) } });
    assert.match(analysis.notice!, /took longer/);
  });

  it('goes on where code nests deeply', async () => {
    const deep = `${'('.repeat(60)}1${')'.repeat(60)}`;
    const analysis = await trace(`a = ${deep}\nb = ${Array.from({ length: 3000 }, () => '1').join(' + ')}\n`);
    assert.equal(analysis.complete, true);
  });

  it('takes functions that call each other endlessly for unknown', async () => {
    const analysis = await trace('def f(n):\n    return g(n)\ndef g(n):\n    return [f(n) for i in range(1)]\nx = f(1)\nclass A:\n    @property\n    def p(self):\n        return self.p\ny = A().p\n');
    assert.equal(analysis.notice, null);
  });
});
