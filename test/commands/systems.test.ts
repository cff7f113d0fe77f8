// Posts that this project does not own, as they were published: each system in them, through the command line, traced from
// the text alone and with the numbers that the post states.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { skip } from '../skip';
import { entries, json, seed } from './cli';
import type { Output } from './cli';

type Shape = readonly (number | string)[];

/** Each expression has an entry with this shape; `context` where the text occurs in several functions. */
function checkShapes(trace: Output, expected: readonly (readonly [text: string, shape: Shape, context?: string])[]): void {
  for (const [text, shape, context] of expected) {
    const found = entries(trace, text).filter((entry) => context === undefined || entry.context === context);
    assert.ok(found.length > 0, `${text} has an entry`);
    const shapes = found.flatMap((entry) => (entry.shape ? [entry.shape] : (entry.shapes ?? []) as Shape[]));
    assert.ok(shapes.some((each) => JSON.stringify(each) === JSON.stringify(shape)), `${text}: ${JSON.stringify(shapes)}, expected ${JSON.stringify(shape)}`);
  }
}

/** What the expressions of a text were, in the order of the document. */
const shapesOf = (trace: Output, text: string): (Shape | null)[] => entries(trace, text).map(({ shape }) => shape);

describe('window attention whose line breaks were lost', () => {
  let file: string;
  let trace: Output;
  before(function () {
    file = seed('001') ?? skip(this, 'the post 001 is not there');
    trace = json(['trace', file]).value;
  });

  it('is symbolic in what its constructor is given', () => checkShapes(trace, [
    ['self.relative_position_bias_table', ['(2*Wh-1)*(2*Ww-1)', 'num_heads']],
    ['coords_flatten', [2, 'Wh*Ww']],
    ['relative_position_index', ['Wh*Ww', 'Wh*Ww']],
  ]));

  it('is followed through forward, with the mask and without', () => {
    checkShapes(trace, [
      ['x', ['B_', 'N', 'C']],
      ['qkv', [3, 'B_', 'num_heads', 'N', 'C//num_heads']],
      ['attn', ['B_', 'num_heads', 'N', 'N']],
      ['relative_position_bias', ['Wh*Ww', 'Wh*Ww', 'num_heads']],
      ['relative_position_bias', ['num_heads', 'Wh*Ww', 'Wh*Ww']],
      ['attn.view(B_ // nW, nW, self.num_heads, N, N)', ['B_//nW', 'nW', 'num_heads', 'N', 'N']],
      ['attn.view(-1, self.num_heads, N, N)', ['B_', 'num_heads', 'N', 'N']],
      ['self.proj_drop(x)', ['B_', 'N', 'C']],
    ]);
    assert.deepEqual(trace.files[0]!.diagnostics, []);
  });

  it('has the numbers that the prose below it states', () => {
    const hints = new Map(trace.files[0]!.symbols.map(({ name, hint }) => [name, hint]));
    assert.deepEqual(['B_', 'N', 'C', 'num_heads'].map((name) => hints.get(name)), [256, 49, 96, 3]);
  });

  it('says where one of those numbers is wrong', () => {
    const text = fs.readFileSync(file, 'utf8').replace('attn: torch.Size([256, 3, 49, 49]),attn是', 'attn: torch.Size([256, 3, 49, 48]),attn是');
    const { diagnostics } = json(['trace', '-', '--language', 'text'], { input: text }).value.files[0]!;
    assert.deepEqual(diagnostics.map(({ code, severity, message }) => [code, severity, message]), [
      ['shape-comment-mismatch', 'warning', 'the text says that attn is [256, 3, 49, 48], but here it is (B_, num_heads, N, N) = (256, 3, 49, 49) by what else the text says'],
    ]);
  });

  for (const mask of ['', ', torch.zeros(64,49,49)']) {
    it(`is what the post shows, called with numbers${mask && ' and a mask'}`, () => {
      const called = json(['trace', file, '--call', `WindowAttention(96, (7,7), 3)(torch.zeros(256,49,96)${mask})`]).value;
      checkShapes(called, [
        ['x', [256, 49, 96]], ['qkv', [3, 256, 3, 49, 32]], ['attn', [256, 3, 49, 49]], ['relative_position_bias', [49, 49, 3]], ['relative_position_bias', [3, 49, 49]],
        ['self.proj_drop(x)', [256, 49, 96]], ...(mask ? [['mask', [64, 49, 49]], ['attn.view(B_ // nW, nW, self.num_heads, N, N)', [4, 64, 3, 49, 49]]] as const : []),
      ]);
    });
  }
});

describe('absolute positions and a transcript', () => {
  let file: string;
  let trace: Output;
  before(function () {
    file = seed('002') ?? skip(this, 'the post 002 is not there');
    trace = json(['trace', file]).value;
  });

  it('have symbols for names that nothing defines', () => {
    checkShapes(trace, [['absolute_pos_embed', [1, 'num_patches', 'embed_dim']], ['self.absolute_pos_embed', [1, 'num_patches', 'embed_dim']]]);
    const [sum] = entries(trace, 'x + self.absolute_pos_embed');
    assert.deepEqual(sum?.shape?.slice(1), ['num_patches', 'embed_dim']);
    assert.equal(sum?.certainty, 'assumed');
    assert.match(trace.files[0]!.assumptions[sum?.assumes?.[0] ?? -1]?.text ?? '', /^x is taken to have a shape that fits/);
  });

  it('are traced line by line, with comments that hold', () => {
    checkShapes(trace, [['coords', [2, 2, 2]], ['coords_flatten', [2, 4]], ['relative_coords', [2, 4, 4]], ['relative_coords', [4, 4, 2]], ['relative_position_index', [4, 4]]]);
    assert.deepEqual(trace.files[0]!.diagnostics, []);
  });

  it('print what their author printed', () => {
    const { outputs } = json(['verify', file, '--backend', 'cpu']).value.files[0]!;
    assert.deepEqual(outputs.map(({ status }) => status), ['reproduced', 'reproduced', 'reproduced']);
  });
});

describe('cross-scale attention between prose', () => {
  let file: string;
  let trace: Output;
  before(function () {
    file = seed('003') ?? skip(this, 'the post 003 is not there');
    trace = json(['trace', file]).value;
  });
  const call = (code: string): Output => json(['trace', file, '--call', code]).value;

  it('is symbolic from the classes alone', () => checkShapes(trace, [
    ['x.reshape(B, H // G, G, W // G, G, C).permute(0, 1, 3, 2, 4, 5)', ['B', 'H//G', 'W//G', 'G', 'G', 'C']],
    ['x.reshape(B, G, H // G, G, W // G, C).permute(0, 2, 4, 1, 3, 5)', ['B', 'H//G', 'W//G', 'G', 'G', 'C']],
    ['x.reshape(B * H * W // G**2, G**2, C)', ['B*H*W//G**2', 'G**2', 'C']],
    ['self.drop_path(self.mlp(self.norm2(x)))', ['B', 'L', 'C']],
    ['biases', ['(2*Wh-1)*(2*Ww-1)', 2]],
    ['pos', ['(2*Wh-1)*(2*Ww-1)', 'num_heads']],
    ['relative_position_bias', ['num_heads', 'Wh*Ww', 'Wh*Ww']],
    ['attn', ['B_', 'num_heads', 'N', 'N'], 'Attention.forward'],
    ['self.proj_drop(x)', ['B_', 'N', 'C']],
  ]));

  it('takes the prose at its word for numbers', () => {
    const hints = new Map(trace.files[0]!.symbols.map(({ name, hint }) => [name, hint]));
    assert.deepEqual(['B', 'H', 'W', 'G'].map((name) => hints.get(name)), [24, 112, 112, 7]);
  });

  it('embeds patches with the four convolutions of the post', () => {
    const args = ['patch_size=[4, 8, 16, 32]', 'embed_dim=96', 'in_chans=3', 'B=24', 'H=448', 'W=448'].flatMap((pair) => ['--set', pair]);
    const embedded = json(['trace', file, ...args]).value;
    const [each] = entries(embedded, 'self.projs[i](x)');
    assert.deepEqual(each?.shapes, [[24, 48, 112, 112], [24, 24, 112, 112], [24, 12, 112, 112]]);
    checkShapes(embedded, [['torch.cat(xs, dim=2)', [24, 112 * 112, 96]]]);
  });

  for (const [name, flag, grouped] of [['short', 0, '(0, 1, 3, 2, 4, 5)'], ['long', 1, '(0, 2, 4, 1, 3, 5)']] as const) {
    it(`attends over ${name} distance`, () => {
      const called = call(`CrossFormerBlock(96, (112, 112), 3, group_size=7, lsda_flag=${flag})(torch.zeros(24, 12544, 96))`);
      const split = flag === 0 ? 'x.reshape(B, H // G, G, W // G, G, C)' : 'x.reshape(B, G, H // G, G, W // G, C)';
      checkShapes(called, [
        ['x.view(B, H, W, C)', [24, 112, 112, 96]],
        [split, flag === 0 ? [24, 16, 7, 16, 7, 96] : [24, 7, 16, 7, 16, 96]],
        [`${split}.permute${grouped}`, [24, 16, 16, 7, 7, 96]],
        ['x.reshape(B * H * W // G**2, G**2, C)', [6144, 49, 96]],
        ['biases', [169, 2]], ['pos', [169, 3]], ['relative_position_bias', [49, 49, 3]], ['relative_position_bias', [3, 49, 49]],
      ]);
    });
  }

  it('goes through a whole stage', () => {
    const called = call('Stage(96, (112, 112), 2, 3, 7)(torch.zeros(24, 12544, 96))');
    checkShapes(called, [['blk(x)', [24, 12544, 96]]]);
    assert.deepEqual(entries(called, 'x').filter(({ context, shape }) => context === 'Stage.forward' && shape === null), []);
  });

  it('has comments that agree, or are flagged with what is true', () => {
    const messages = trace.files[0]!.diagnostics.map(({ code, message }) => [code, message]);
    assert.deepEqual(messages.filter(([, message]) => /group-1/.test(message!)).map(([code, message]) => [code, /\[2\*group-1\] would be right/.test(message!)]), [
      ['shape-comment-mismatch', true], ['shape-comment-mismatch', true],
    ]);
    assert.deepEqual(messages.filter(([code]) => code !== 'shape-comment-mismatch'), []);
  });

  it('says what it takes for the well-known', () => {
    const texts = trace.files[0]!.assumptions.map(({ text }) => text).join('\n');
    for (const name of ['to_2tuple', 'DropPath', 'Mlp']) assert.match(texts, new RegExp(`^${name} is taken to be the well-known`, 'm'));
  });
});

describe('decomposed relative positions, cut off in the middle', () => {
  let trace: Output;
  before(function () {
    trace = json(['trace', seed('004') ?? skip(this, 'the post 004 is not there')]).value;
  });

  it('are known as far as the text goes', () => {
    checkShapes(trace, [
      ['q_coords', ['q_size', 1]], ['k_coords', [1, 'k_size']], ['relative_coords', ['q_size', 'k_size']],
      ['r_q', ['B', 'q_h', 'q_w', 'dim']], ['rel_h', ['B', 'q_h', 'q_w', 'k_h']], ['rel_w', ['B', 'q_h', 'q_w', 'k_w']],
      ['attn', ['B', 'q_h*q_w', 'k_h*k_w']],
    ]);
    assert.deepEqual(shapesOf(trace, 'rel_pos[relative_coords.long()]'), [['q_size', 'k_size', 'head_dim']]);
  });

  it('have the numbers of the comments', () => {
    const hints = new Map(trace.files[0]!.symbols.map(({ name, hint }) => [name, hint]));
    assert.deepEqual(['q_size', 'k_size', 'q_h', 'k_w'].map((name) => hints.get(name)), [4, 4, 4, 4]);
  });
});
