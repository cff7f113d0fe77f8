// Mocha reporter of every stage: the usual spec output, and a JSON report that the counts are taken from.
// Options: `output` (the report's path) and `quiet` (no console output: in the extension host nobody would see it).
const fs = require('node:fs');
const path = require('node:path');
const { reporters } = require('mocha');

/** Why a test was skipped: said by `skip(context, reason)` on the test, its hook or a suite around it. */
function skipReason(test) {
  for (let at = test; at; at = at.parent) if (at.skipReason) return at.skipReason;
  return 'no reason given';
}

const kept = (test, state, error) => ({
  titles: test.titlePath(),
  state,
  milliseconds: test.duration ?? 0,
  ...(state === 'skipped' && { reason: skipReason(test) }),
  ...(error && { error: error.stack ?? String(error.message ?? error) }),
});

class Reporter {
  constructor(runner, options) {
    const { output, quiet } = options.reporterOption ?? options.reporterOptions ?? {};
    this.spec = quiet ? undefined : new reporters.Spec(runner, options);
    const tests = [];
    runner.on('pass', (test) => tests.push(kept(test, 'passed')));
    runner.on('fail', (test, error) => tests.push(kept(test, 'failed', error)));
    runner.on('pending', (test) => tests.push(kept(test, 'skipped')));
    runner.once('end', () => {
      if (!output) return;
      fs.mkdirSync(path.dirname(output), { recursive: true });
      fs.writeFileSync(output, JSON.stringify({ tests }));
    });
  }
}

module.exports = Reporter;
