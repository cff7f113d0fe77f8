/**
 * Which words name a size. Comments are prose: `(mean, std)` looks like a shape as much as `(B, N)` does, so a list is
 * read as a shape only by the names that are in it.
 */

/** Surely a size; a size if the rest says so (a letter, a word of an author's own); no size. */
export type Likeness = 'dim' | 'perhaps' | 'word';

/** Words for sizes in their singular form, alone or as the last part of `head_dim`, `hidden_size`. */
const NOUNS = new Set((
  'batch bs bsz batchsize dim dims size len length seq seqlen head heads nhead nheads channel channels height width hidden embed '
  + 'embedding feature features feat feats token tokens patch patches class classes vocab frame frames window windows group groups query queries point points '
  + 'anchor anchors step steps node nodes edge edges layer layers expert experts box boxes level levels num ch dmodel nclasses depth rank count'
).split(' '));
/** First parts that make any name a number of something. */
const COUNTS = /^(?:num|n|nb|max|in|out|d|dim|total)_[a-z0-9_]+$/;
const LAST_PART = /(?:^|_)([a-z]+)\d?_?$/;
/** `B`, `N_`, `Wh`, `nH`, `C1`, `Nq`, `T_out`, `C_in`, `HW`: letters that stand for a size. */
const SYMBOLIC = /^(?:[A-Z]{1,2}\d?|[A-Z][a-z]|n[A-Z][a-z]?)(?:_(?:[A-Za-z0-9]{1,3}|out|in|max|tgt|src)?)?$/;
/** Short words of prose, and names of layers, that the pattern above fits. */
const PROSE = new Set('Is It In If As At By Do Go He Me My No Of On Or So To Up Us We Am An Be Hi Ok OK Vs VS Eq Ex Id ID IO IP OS PR QA AI ML DL NN OP GT CE KL BN LN GN FC SE SA CA RL VQ'.split(' '));
const KEYWORDS = new Set('and or not is in if else for as to at of on by be we it the an that this with from None True False lambda return def class del pass'.split(' '));

export function likenessOf(name: string): Likeness {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (KEYWORDS.has(last)) return 'word';
  if (PROSE.has(last)) return 'perhaps';
  if (SYMBOLIC.test(last)) return 'dim';
  const lower = last.toLowerCase();
  if (COUNTS.test(lower)) return 'dim';
  const noun = LAST_PART.exec(lower)?.[1];
  // `num`, `depth`, `rank` and the like are as often something else, `dist_group` is no number of groups.
  if (noun !== undefined && NOUNS.has(noun)) return AMBIGUOUS.has(noun) || (lower !== noun && THINGS.has(noun)) ? 'perhaps' : 'dim';
  if (/^[a-z]\d?$/.test(last)) return NO_SIZES.has(last[0]!) ? 'word' : 'perhaps';
  return 'word';
}

const AMBIGUOUS = new Set('class query node edge layer level step point box size num depth rank count len feature token frame head'.split(' '));
const THINGS = new Set('group window patch hidden embedding'.split(' '));
export const isKeyword = (name: string): boolean => KEYWORDS.has(name);
/** Letters that are coordinates, indices and functions. */
const NO_SIZES = new Set(['x', 'y', 'z', 'i', 'j', 'u', 'f', 'r', 'o']);
/** Lists of these are the tensors of attention, not sizes. */
export const ATTENTION = new Set(['q', 'k', 'v', 'Q', 'K', 'V']);
