// Every text that the user sees has its Chinese translation, and no translation is left over.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const json = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const placeholders = (text: string): string[] => (text.match(/\{\d\}|\$\([\w-]+\)/g) ?? []).sort();

describe('translations', () => {
  it('of what the code says are complete, with the same placeholders and icons', () => {
    const files = [...readdirSync('src/editor', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => path.join('src/editor', name)), 'src/extension.ts'];
    const used = new Set(files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1]!.replaceAll("\\'", "'"))));
    const chinese = json('l10n/bundle.l10n.zh-cn.json') as Record<string, string>;
    assert.ok(used.size > 50);
    assert.deepEqual([...used].filter((text) => !(text in chinese)), [], 'without a translation');
    assert.deepEqual(Object.keys(chinese).filter((text) => !used.has(text)), [], 'translations of nothing');
    for (const [text, translated] of Object.entries(chinese)) assert.deepEqual(placeholders(translated), placeholders(text), text);
  });

  it('of the manifest are complete, and every command, setting and step has one', () => {
    const manifest = readFileSync('package.json', 'utf8');
    const used = [...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]!);
    for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) assert.deepEqual(Object.keys(json(file)).sort(), [...new Set(used)].sort(), file);
    const { contributes } = JSON.parse(manifest) as { contributes: { commands: { title: string; category: string }[]; configuration: { properties: Record<string, { description: string }> }; walkthroughs: { steps: { media: { image: string } }[] }[] } };
    for (const text of [...contributes.commands.map(({ title }) => title), ...Object.values(contributes.configuration.properties).map(({ description }) => description)]) assert.match(text, /^%.*%$/);
    assert.deepEqual(new Set(contributes.commands.map(({ category }) => category)), new Set(['Shapelens']));
    for (const { media } of contributes.walkthroughs.flatMap(({ steps }) => steps)) assert.ok(existsSync(media.image), media.image);
  });
});
