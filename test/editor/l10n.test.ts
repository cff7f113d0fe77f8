// Every text that the user sees has its Chinese translation, and no translation is left over.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const json = (file: string): Record<string, unknown> => JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
const chinese = json('l10n/bundle.l10n.zh-cn.json') as Record<string, string>;
const sources = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(path.join(folder, name), 'utf8'));
const textsIn = (folder: string, pattern: RegExp): string[] => sources(folder).flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1]!.replaceAll("\\'", "'")));
const placeholders = (text: string): string[] => (text.match(/\{\d\}|\$\([\w-]+\)/g) ?? []).sort();

describe('translations', () => {
  it('of what editor and server say are complete, with the same placeholders and icons', () => {
    const used = new Set([...textsIn('src/editor', /l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g), ...textsIn('src/server', /\bt\('((?:[^'\\]|\\.)*)'/g)]);
    assert.ok(used.size > 150);
    assert.deepEqual([...used].filter((text) => !(text in chinese)), [], 'without a translation');
    for (const text of used) assert.deepEqual(placeholders(chinese[text]!), placeholders(text), text);
  });

  it('of what the engine says are of texts that it still has', () => {
    const engine = ['src/shapes', 'src/project', 'src/server', 'src/editor'].flatMap((folder) => sources(folder)).join('\n').replaceAll("\\'", "'");
    const parts = (text: string): string[] => text.split(/\{\d\}/).map((part) => part.trim()).filter((part) => part.length > 3);
    const leftOver = Object.keys(chinese).filter((text) => parts(text).some((part) => !engine.includes(part)));
    for (const [text, translation] of Object.entries(chinese)) for (const place of placeholders(translation)) assert.ok(text.includes(place), text);
    // A text may have been worded anew since it was translated.
    assert.ok(leftOver.length <= Object.keys(chinese).length / 50, leftOver.join('\n'));
  });

  it('of what each operator does are complete', () => {
    const rules = textsIn('src/shapes/torch', /\bexplain: '((?:[^'\\]|\\.)*)'/g);
    assert.ok(rules.length > 150);
    assert.deepEqual([...new Set(rules)].filter((text) => !(text in chinese)), [], 'without a translation');
  });

  it('call a command by the title that it has in the palette', () => {
    const [english, translated] = ['package.nls.json', 'package.nls.zh-cn.json'].map(json) as [Record<string, string>, Record<string, string>];
    const titles = new Map(Object.keys(english).filter((key) => key.startsWith('command.')).map((key) => [english[key]!, translated[key]!]));
    let found = 0;
    for (const [text, translation] of Object.entries(chinese)) {
      for (const [, title] of text.matchAll(/"Shapelens: ([^"]+)"/g)) {
        found++;
        assert.ok(titles.has(title!), text);
        assert.ok(translation.includes(`“Shapelens: ${titles.get(title!)}”`), translation);
      }
    }
    assert.ok(found >= 2);
    // One word for tracing, the one of commands and lenses.
    for (const translation of [...Object.values(chinese), ...Object.values(translated)]) assert.doesNotMatch(translation, /追踪/);
  });

  it('of the manifest are complete, and every command, setting and step has one', () => {
    const manifest = readFileSync('package.json', 'utf8');
    const used = [...manifest.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]!);
    for (const file of ['package.nls.json', 'package.nls.zh-cn.json']) assert.deepEqual(Object.keys(json(file)).sort(), [...new Set(used)].sort(), file);
    const { contributes } = JSON.parse(manifest) as { contributes: { commands: { title: string; category: string }[]; configuration: { properties: Record<string, { description: string }> }; walkthroughs: { steps: { media: { image: Record<'light' | 'dark' | 'hc' | 'hcLight', string> } }[] }[] } };
    for (const text of [...contributes.commands.map(({ title }) => title), ...Object.values(contributes.configuration.properties).map(({ description }) => description)]) assert.match(text, /^%.*%$/);
    assert.deepEqual(new Set(contributes.commands.map(({ category }) => category)), new Set(['Shapelens']));
    for (const image of contributes.walkthroughs.flatMap(({ steps }) => steps).flatMap(({ media }) => Object.values(media.image))) assert.ok(existsSync(image), image);
  });
});
