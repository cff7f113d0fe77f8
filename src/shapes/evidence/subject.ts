/** What a comment says its shape is the shape of: `q, k: `, `x.shape = `, `x的形状为`, `shape: `. */

export interface Label {
  /** The variables, as the comment writes them; empty where it names none. */
  readonly subjects: readonly string[];
  /** Whether it says that a shape follows. */
  readonly called: boolean;
  /** Whether the shape is what becomes of the variables. */
  readonly becomes: boolean;
  /** Where the label begins. */
  readonly start: number;
}

const NAME = String.raw`[A-Za-z_]\w*?(?:\.\w+?)*?`;
const NAMES = String.raw`(${NAME}(?:\s*[,/&]\s*${NAME})*)`;
const SHAPE_WORD = String.raw`(?:\.(?:shape|size\(\))|(?:\s+|\s*(?:的|输出|输入)+\s*)(?:[Ss]hapes?|SHAPE)(?!\w)|\s*(?:的|输出|输入)*\s*(?:形状|维度))`;
const SAYS = String.raw`\s*(?:is now|is|are|变为|变成|变换为|变换成|转为|转成|转换为|转换成|都为|都是|为|是|==|:|=)?\s*(?:(?:torch\.)?Size\()?\s*`;
const PATTERNS: readonly { readonly pattern: RegExp; readonly called: boolean }[] = [
  { pattern: new RegExp(String.raw`\b[Ss]hapes? of ${NAMES}\s*(?:is|are|:|=)?\s*$`), called: true },
  { pattern: new RegExp(String.raw`(?<![\w.])${NAMES}(?:\s+(?:(?:now\s+)?ha(?:s|ve|d)|is|are|with|in|of)|\s*:)\s+(?:(?:now|of|an?|the|with|(?:\d-?[dD]\s+)?[Tt]ensors?)\s+)*(?:[Ss]hapes?|SHAPE)(?!\w)${SAYS}$`), called: true },
  { pattern: new RegExp(String.raw`(?<![\w.])${NAMES}${SHAPE_WORD}${SAYS}$`), called: true },
  { pattern: new RegExp(String.raw`(?<![A-Za-z0-9_.])()(?:(?:[Ss]hapes?|SHAPE)(?!\w)|形状|维度)${SAYS}$`), called: true },
  { pattern: new RegExp(String.raw`(?<!\w|\w\.)${NAMES}\s*[:=]\s*(?:torch\.)?Size\(\s*$`), called: true },
  { pattern: /()(?:torch\.)?Size\(\s*$/, called: true },
  // `Mask is (B, N)`
  { pattern: new RegExp(String.raw`(?<=^\s*|[.;(]\s*)${NAMES}\s+(?:is|are|becomes?)\s+(?:now\s+)?(?:of\s+)?$`), called: false },
  // Not the last word of a sentence: `relative position bias: `.
  { pattern: new RegExp(String.raw`(?<=^\s*|[,;(]\s*|[^\p{ASCII}])${NAMES}\s*:\s*$`, 'u'), called: false },
];
/** Words before a colon that name no variable. */
const NO_NAMES = new Set('shape shapes output outputs input inputs size sizes result results returns return note torch the a an of tensor tensors where and with to from is are dim dims has have i we you it they this that same similar new different in'.split(' '));

const BECOMES = /(?:变为|变成|变换为|变换成|转为|转成|转换为|转换成|becomes?)[^\w]*$/;

/** The label that ends `before`. */
export function labelOf(before: string): Label {
  for (const { pattern, called } of PATTERNS) {
    const match = pattern.exec(before);
    if (match === null) continue;
    const subjects = match[1]!.split(/\s*[,/&]\s*/).filter((name) => name !== '' && !NO_NAMES.has(name.toLowerCase()));
    return { subjects, called, becomes: BECOMES.test(match[0]), start: match.index };
  }
  return { subjects: [], called: false, becomes: false, start: before.length };
}
