/**
 * Errors of each snippet in test/fixtures/diagnostics against where real torch raises (see record.py there): the engine
 * reports an error where torch raises, of the code that the line names, and none anywhere else. Of code that is only
 * called by what the record was made with, it must be one that every call meets.
 */
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { analyze } from '../../../src/shapes/analysis';
import { parser } from '../interpreter/check';

interface Recorded { readonly line: number; readonly type: string; readonly message: string }

const FIXTURES = new URL('../../fixtures/diagnostics/', import.meta.url);
const IMPORTS = 'import torch; import torch.nn as nn; import torch.nn.functional as F\n';

describe('faults as torch finds them', () => {
  for (const file of fs.readdirSync(FIXTURES).filter((name) => name.endsWith('.json'))) {
    const text = fs.readFileSync(new URL(file.replace('.json', '.py'), FIXTURES), 'utf8');
    const records = JSON.parse(fs.readFileSync(new URL(file, FIXTURES), 'utf8')) as Readonly<Record<string, Recorded | null | readonly (Recorded | null)[]>>;
    const parts = text.split(/^# case: (.*)\n/m).slice(1);
    describe(file.replace('.json', ''), () => {
      for (let i = 0; i < parts.length; i += 2) it(parts[i]!, () => check(parts[i + 1]!, ofEveryCall(records[parts[i]!])));
    });
  }
});

/** Of a snippet with calls: what all of them meet; null where one of them runs. */
function ofEveryCall(record: Recorded | null | readonly (Recorded | null)[] | undefined): Recorded | null | undefined {
  if (!Array.isArray(record)) return record as Recorded | null | undefined;
  const [first, ...others] = record as readonly (Recorded | null)[];
  return first && others.every((other) => other?.line === first.line) ? first : null;
}

async function check(snippet: string, record: Recorded | null | undefined): Promise<void> {
  assert.notEqual(record, undefined, 'the snippet is not recorded');
  const expected = snippet.split('\n').flatMap((line, at) => {
    const code = /# error ([\w-]+)$/.exec(line)?.[1];
    return code ? [`line ${at + 1}: ${code}`] : [];
  });
  const first = expected[0]?.split(':')[0] ?? null;
  assert.equal(first, record ? `line ${record.line}` : null, record ? `torch says "${record.message}" at line ${record.line}` : 'torch has no fault here');
  const source = IMPORTS + snippet;
  const { findings } = analyze(source, { parser: await parser() });
  const found = findings.filter(({ severity }) => severity === 'error').map(({ span, code }) => `line ${source.slice(0, span.start).split('\n').length - 1}: ${code}`);
  assert.deepEqual(found, expected, record?.message);
}
