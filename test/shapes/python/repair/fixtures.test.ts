// Classes and functions that lost their line breaks come back as the same programs.
import assert from 'node:assert/strict';
import { pythonParser } from '../../../documents/support';
import { definitionsOf, fixture, programOf, restore, withoutLineBreaks } from './support';

describe('restoring lost line breaks', () => {
  for (const file of ['modules.py', 'functions.py']) {
    for (const between of ['', ' ']) {
      it(`gives the same programs for ${file}, joined with ${between === '' ? 'nothing' : 'a blank'}`, async () => {
        const parser = await pythonParser();
        const wrong: string[] = [];
        for (const { name, code } of definitionsOf(fixture(file), parser)) {
          const lost = withoutLineBreaks(code, between);
          const restored = restore(lost, parser);
          try {
            assert.deepEqual(programOf(restored, parser), programOf(code, parser));
          } catch {
            wrong.push(`${name}\n${restored}`);
          }
        }
        assert.deepEqual(wrong, [], wrong.join('\n\n'));
      });
    }
  }
});
