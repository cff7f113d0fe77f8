// Every setting is documented, read by the code with the default that the manifest states, and changed by a test.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const filesOf = (folder: string, ending: RegExp): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => ending.test(name)).map((name) => readFileSync(path.join(folder, name), 'utf8'));

describe('settings', () => {
  const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as { contributes: { configuration: { properties: Record<string, { default: unknown }> } } };
  const settings = Object.entries(contributes.configuration.properties).map(([name, { default: value }]) => ({ name, key: name.replace(/^shapelens\./, ''), value }));
  const sources = filesOf('src/editor', /\.ts$/).join('\n');
  const reads = new Map([...sources.matchAll(/\bget(?:<[^>]*>)?\('(\w+)', ([^)]*)\)/g)].map((match) => [match[1]!, match[2]!]));

  it('are in the table of the README', () => {
    const readme = readFileSync('README.md', 'utf8');
    assert.deepEqual(settings.filter(({ name }) => !readme.includes(`| \`${name}\` |`)).map(({ name }) => name), []);
    const documented = [...readme.matchAll(/\| `(shapelens\.\w+)` \|/g)].map((match) => match[1]!);
    assert.deepEqual(documented.filter((name) => !settings.some((each) => each.name === name)), [], 'documented and not there');
  });

  it('are read, with the default of the manifest', () => {
    for (const { key, value } of settings) {
      const read = reads.get(key);
      assert.ok(read !== undefined, `${key} is not read`);
      const written = read.startsWith('DEFAULT_SETTINGS.') ? /DEFAULT_SETTINGS[^]*?\{([^}]*)\}/.exec(readFileSync('src/server/messages.ts', 'utf8'))![1]!.match(new RegExp(`${key}: ([^,]+)`))![1]! : read;
      assert.equal(written.replaceAll("'", '"').trim(), JSON.stringify(value), key);
    }
  });

  it('are each changed by a test in the real editor', () => {
    const tests = [...filesOf('test/editor', /\.vscode\.ts$/), ...filesOf('test/page', /\.page\.ts$/)].join('\n');
    assert.deepEqual(settings.filter(({ name, key }) => !tests.includes(`'${name}':`) && !tests.includes(`update('${key}', `)).map(({ name }) => name), []);
  });
});
