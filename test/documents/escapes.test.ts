// Code in which a page or a converter put entities, tags or backslashes in place of its characters.
import assert from 'node:assert/strict';
import { read } from './support';

const CODE = `import torch
from torch import nn

class Scores(nn.Module):
    def __init__(self, dim_head=32, name="it's"):
        super().__init__()
        self.to_out = nn.Linear(dim_head, 2 * dim_head)
        self.is_wide = dim_head > 16 & 31

    def forward(self, q_in: torch.Tensor) -> torch.Tensor:
        if q_in.shape[0] >= 1 and q_in.size(-1) < 99:
            q_in = self.to_out(q_in) ** 2
        return q_in

out_a = Scores()(torch.randn(2, 32))
`;
const LINES = CODE.trimEnd().split('\n');
const entities = (code: string): string => code.replace(/&/g, '&amp;').replace(/>/g, '&gt;').replace(/</g, '&lt;').replace(/"/g, '&quot;').replace(/'/g, '&#39;');
const escaped: Record<string, string> = {
  entities: entities(CODE),
  'entities by their code': CODE.replace(/[&<>"']/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`),
  'blanks as entities': LINES.map((line) => entities(line).replace(/^ +/, (blanks) => '&nbsp;'.repeat(blanks.length))).join('\n'),
  'a listing in its tags': `<pre><code class="language-python">${entities(CODE)}</code></pre>`,
  'tags at the end of each line': LINES.map((line) => `${line}<br/>`).join('\n'),
  'tags around words': CODE.replace(/\b(class|def|return)\b/g, '<span style="color: blue">$1</span>').replace(/^/, '<pre>'),
  backslashes: CODE.replace(/[_*]/g, '\\$&'),
};

describe('what stands for characters of code', () => {
  for (const [name, code] of Object.entries(escaped)) {
    it(`is read as them: ${name}`, async () => {
      for (const language of ['text', 'markdown'] as const) {
        const text = `Wide scores, and what \`forward\` gives:\n\n${code}\n\nThat was all.\n`;
        const { source, map, restorations } = await read(language, text);
        assert.equal(source.trimEnd(), CODE.trimEnd());
        const at = source.indexOf('torch.randn');
        assert.equal(text.slice(map.toDocument(at)).startsWith('torch.randn'), true);
        assert.equal(map.toSource(text.indexOf('torch.randn')), at);
        assert.ok(restorations.length > 1 && restorations.every(({ lost }) => lost === 'escapes'));
        const restored = [...restorations].reverse().reduce((whole, { range, text: typed }) => whole.slice(0, range.start) + typed + whole.slice(range.end), text);
        assert.equal((await read(language, restored)).source.trimEnd(), CODE.trimEnd());
      }
    });
  }

  it('keeps the places behind an entity, in its own line too', async () => {
    const text = 'The mask:\n\nimport torch\nkeep = (torch.ones(2, 3) &gt;= 1) &amp; (torch.zeros(3) &lt; 1)\n';
    const { source, map } = await read('text', text);
    const at = source.indexOf('torch.zeros');
    assert.equal(map.toDocument(at), text.indexOf('torch.zeros'));
    assert.deepEqual(map.spanToDocument({ start: at, end: at + 14 }), { start: text.indexOf('torch.zeros'), end: text.indexOf('torch.zeros') + 14 });
  });

  it('stays where the code itself has it', async () => {
    const code = 'import torch\nimport re\ntext = "a &gt; b &amp; <br> c"\nword = re.sub(r"\\_+", "\\*", text)\nx = torch.ones(2)\n';
    for (const [language, text] of [['python', code], ['text', code], ['markdown', `# Post\n\n\`\`\`python\n${code}\`\`\`\n`]] as const) assert.equal((await read(language, text)).source.trimEnd(), code.trimEnd());
  });

  it('is left alone in the text around the code', async () => {
    const text = 'Use &lt;CLS&gt; and `num\\_heads`, where $d\\_k &lt; 3$.\n\nimport torch\nx = torch.ones(2)\n';
    const { source, prose, restorations } = await read('text', text);
    assert.equal(source.trimEnd(), 'import torch\nx = torch.ones(2)');
    assert.equal(prose[0]!.text, text.split('\n')[0]);
    assert.deepEqual(restorations, []);
  });
});

describe('Markdown without fences', () => {
  it('is read as plain text is', async () => {
    const text = 'Windows\n\nimport torch\nx = torch.zeros(2, 8, 8, 96)\nprint(x.shape)\ntorch.Size([2, 8, 8, 96])\n\nNothing else.\n';
    const { source, outputs } = await read('markdown', text);
    assert.equal(source.trimEnd(), 'import torch\nx = torch.zeros(2, 8, 8, 96)\nprint(x.shape)');
    assert.deepEqual(outputs.map((each) => each.text), ['torch.Size([2, 8, 8, 96])']);
  });

  it('knows a line by its pattern of dims, without any import', async () => {
    const text = 'Patches\n\ny = rearrange(x, "b c (h p) (w q) -> b (h w) (p q c)", p=4, q=4)\n\nNothing -> else.\n';
    for (const language of ['text', 'markdown'] as const) assert.match((await read(language, text)).source, /^y = rearrange\(.*\)\n$/);
  });
});
