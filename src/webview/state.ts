/** What the page remembers while it is hidden, and over a reload of the window: never values. */
import type { Cell } from './mapping';
import type { SourceLocation, TensorMetadata } from './protocol';

/** How one tensor was looked at. */
export interface ViewState {
  /** Checked against the tensor when it is used: the code may have changed since. */
  readonly mapping: unknown;
  readonly facet: number;
  readonly cell: Cell | null;
  /** Checked like the mapping. */
  readonly colors?: unknown;
  /** The linked tensors are folded to their title. */
  readonly folded?: boolean;
  /** The exact statistics were stopped. */
  readonly stopped?: boolean;
}

export interface PageState {
  readonly version: 1;
  /** Key of the tensor whose tab was open. */
  readonly active: string | null;
  readonly views: Readonly<Record<string, ViewState>>;
  /** What was evaluated, if the host said. */
  readonly source: SourceLocation | null;
}

export const EMPTY_STATE: PageState = { version: 1, active: null, views: {}, source: null };
/** The oldest are forgotten. */
const MAX_VIEWS = 50;

/** Tensors are remembered by expression and rank: their ids are new each time. */
export function keyOf(tensor: TensorMetadata): string {
  return `${tensor.name} ${tensor.shape.length}`;
}

/** What was saved, by whichever version of the page; anything odd is left out. */
export function readState(saved: unknown): PageState {
  if (!isRecord(saved) || saved['version'] !== 1) return EMPTY_STATE;
  const { active, views, source } = saved;
  const entries = isRecord(views) ? Object.entries(views).flatMap(([key, view]) => (isRecord(view) ? [[key, viewState(view)] as const] : [])) : [];
  return { version: 1, active: typeof active === 'string' ? active : null, views: Object.fromEntries(entries), source: isSource(source) ? source : null };
}

export function withView(state: PageState, key: string, view: ViewState): PageState {
  const others = Object.entries(state.views).filter(([other]) => other !== key);
  return { ...state, views: Object.fromEntries([...others.slice(1 - MAX_VIEWS), [key, view]]) };
}

function viewState({ mapping, facet, cell, colors, folded, stopped }: Record<string, unknown>): ViewState {
  const isCell = isRecord(cell) && isIndex(cell['row']) && isIndex(cell['col']);
  return { mapping, facet: isIndex(facet) ? facet : 0, cell: isCell ? { row: cell['row'] as number, col: cell['col'] as number } : null, ...(colors === undefined ? {} : { colors }), ...(folded === true ? { folded } : {}), ...(stopped === true ? { stopped } : {}) };
}

function isSource(source: unknown): source is SourceLocation {
  if (!isRecord(source) || typeof source['uri'] !== 'string' || !isRecord(source['range'])) return false;
  const { start, end } = source['range'];
  return [start, end].every((position) => isRecord(position) && isIndex(position['line']) && isIndex(position['character']));
}

function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
