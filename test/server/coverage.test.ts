// Coverage by function and cause, and the shapes of a document as text.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileCoverage } from '../../src/server/messages';
import { LspClient } from './lspClient';

const TEXT = `import torch
import nowhere

def known(x):
    B, C = x.shape
    return x.flatten()

def not_known():
    a = nowhere.load()
    b = a + 1
    return b

t = torch.zeros(2, 3)
`;

describe('coverage and shapes as text', function () {
  this.timeout(30_000);
  let client: LspClient;
  let folder: string;
  let uri: string;

  before(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'shapelens-coverage-'));
    const file = path.join(folder, 'model.py');
    writeFileSync(file, TEXT);
    uri = pathToFileURL(file).href;
    client = await LspClient.start({ ownClient: true });
  });
  after(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true, force: true });
  });

  it('counts what is known of a file that is not open, and groups the rest by its first cause', async () => {
    const coverage = await client.connection.sendRequest<FileCoverage>('shapelens/coverage', { uri });
    const [top, known, unknown] = ['<module>', 'known', 'not_known'].map((name) => coverage.functions.find((each) => each.name === name));
    assert.equal(known!.unknown, 0);
    assert.ok(top!.known > 0 && known!.known > 0);
    assert.equal(coverage.unknown, coverage.functions.reduce((sum, each) => sum + each.unknown, 0));
    assert.ok(unknown!.unknown >= 3);
    assert.match(unknown!.causes[0]!.reason, /nowhere/);
    assert.ok(unknown!.causes[0]!.places.some(({ expression, range }) => expression === 'a + 1' && range.start.line === 9));
  });

  it('takes what is open before what is on disk', async () => {
    await client.open(uri, 'import torch\nx = torch.zeros(2)\n');
    const coverage = await client.connection.sendRequest<FileCoverage>('shapelens/coverage', { uri });
    assert.equal(coverage.unknown, 0);
    assert.deepEqual(coverage.functions.map((each) => each.name), ['<module>']);
  });

  it('has no answer for what cannot be read', async () => assert.equal(await client.connection.sendRequest('shapelens/coverage', { uri: `${uri}x` }), null));

  it('writes shapes function by function, of the document or of another text', async () => {
    assert.equal(await client.connection.sendRequest('shapelens/shapes', { uri }), '<module>:\n    x: (2,) float32\n');
    assert.match(await client.connection.sendRequest<string>('shapelens/shapes', { uri, text: TEXT }), /^<module>:\n {4}t: \(2, 3\) float32\n\nknown:\n|known:\n {4}x: \(B, C\)/);
  });
});
