/**
 * The sides of conditions that are not known, in functions that nothing calls. What a use demands of a parameter's shape on
 * one side is known there only; what all sides demand is known on the way to them, too.
 */
import type * as ast from '../../python/ast';
import { sizeOfUnknownRank } from './sizeRuns';
import type { Machine } from '../machine';
import { holdSizes } from './parameterDims';
import type { HeldSize } from './parameterDims';
import type { ParameterShape, Side, Sides } from './parameterShape';
import { asksPresence } from '../control/presence';
import type { Flow, Frame } from '../state/scope';
import type { Shape, Value } from '../../values/values';

/** How a side of a condition ended. */
type End = 'raised' | 'left' | 'normal';

/** What comes after a condition of which one side leaves the function is a side, too. */
interface Outcomes { readonly then: Side; readonly orelse: Side; readonly rest: Side; readonly isPresence: boolean }

/** Of each analysis: the names that nothing defines keep what its rounds found out on each side. Trees of libraries outlive it. */
const known = new WeakMap<Machine['freeNames'], WeakMap<Condition, Outcomes>>();

/** What has two sides. */
type Condition = ast.If | ast.IfExp | ast.MatchCase;

function sidesOf(m: Machine, node: Condition): Outcomes {
  let ofAnalysis = known.get(m.freeNames);
  if (!ofAnalysis) known.set(m.freeNames, (ofAnalysis = new WeakMap()));
  let sides = ofAnalysis.get(node);
  if (!sides) {
    const side = (): Side => ({ refined: new Set() });
    ofAnalysis.set(node, (sides = { then: side(), orelse: side(), rest: side(), isPresence: 'test' in node && asksPresence(m, node.test) }));
  }
  return sides;
}

/** Runs both sides by `fork`; of each only that holds outside of it which holds on the other, too. */
export function onSides(m: Machine, node: Condition, fork: (then: (run: () => Flow) => Flow, orelse: (run: () => Flow) => Flow) => Flow): Flow {
  if (m.parameters.size === 0) return fork((run) => run(), (run) => run());
  const outer = m.side;
  const sides = sidesOf(m, node);
  const within = (side: Side): Sides => ({ side, isPresence: sides.isPresence && (outer?.isPresence ?? true) });
  const returns = m.frame.targets[0]!.exits.length;
  const ends: Partial<Record<'then' | 'orelse', End>> = {};
  const on = (name: 'then' | 'orelse') => (run: () => Flow): Flow => {
    const before = m.frame.targets[0]!.exits.length;
    ends[name] = 'raised';
    m.side = within(sides[name]);
    try {
      enter(m, sides[name]);
      const flow = run();
      ends[name] = flow.type === 'return' || m.frame.targets[0]!.exits.length > before ? 'left' : 'normal';
      return flow;
    } finally {
      m.side = outer;
    }
  };
  const flow = fork(on('then'), on('orelse'));
  if (flow.type === 'normal' && m.frame.targets[0]!.exits.length > returns) {
    m.frame.pending.push({ sides, ends, outer });
    m.side = within(sides.rest);
    enter(m, sides.rest);
  } else promote(m, sides, ends, outer);
  return flow;
}

/** Of each analysis and place: what one of several is called there, by what it is. */
const calledThere = new WeakMap<Machine['freeNames'], WeakMap<ast.Span, Map<string, Side>>>();

/**
 * Runs by `fork` what each of several demands that may be called there: holds is what all of them demand that can be.
 * @param likely which of them is called as the defaults have it; -1: they do not say
 */
export function onOptions(m: Machine, place: ast.Span, names: readonly string[], likely: number, fork: (on: (at: number, run: () => void) => void) => void): void {
  if (m.parameters.size === 0 || names.length < 2) return fork((_, run) => run());
  const outer = m.side;
  let places = calledThere.get(m.freeNames);
  if (!places) calledThere.set(m.freeNames, (places = new WeakMap()));
  const sides = places.get(place) ?? new Map<string, Side>();
  places.set(place, sides);
  const of = names.map((name) => sides.get(name) ?? { refined: new Set<ParameterShape>() });
  names.forEach((name, at) => sides.set(name, of[at]!));
  const ended = new Set<Side>();
  const { heldSizes } = m;
  const held: HeldSize[][] = names.map(() => []);
  fork((at, run) => {
    m.side = { side: of[at]!, isPresence: false };
    m.heldSizes = held[at]!;
    try {
      enter(m, of[at]!);
      run();
      ended.add(of[at]!);
    } finally {
      m.side = outer;
      m.heldSizes = heldSizes;
    }
  });
  holdSizes(heldSizes, held, likely);
  hold(m, [...new Set(of.flatMap(({ refined }) => [...refined]))], outer, (shape) => [...ended].map((side) => [shape.on(side)].filter((part) => part !== null)));
}

/** Runs the side of a condition that is not taken: what it demands holds there only. */
export function onOtherSide(m: Machine, node: Condition, isThen: boolean, run: () => void): void {
  const outer = m.side;
  const sides = sidesOf(m, node);
  const side = isThen ? sides.then : sides.orelse;
  m.side = { side, isPresence: false };
  try {
    enter(m, side);
    run();
  } finally {
    m.side = outer;
  }
}

/** A condition of whose sides one has left the function, which goes on. */
export interface Pending { readonly sides: Outcomes; readonly ends: Partial<Record<'then' | 'orelse', End>>; readonly outer: Sides | null }

/** The function ends: what its last part demands holds where those that left before demand it, too. */
export function endSides(m: Machine, frame: Frame): void {
  for (const { sides, ends, outer } of frame.pending.reverse()) promote(m, sides, ends, outer);
}

/** What holds on both sides holds before them. */
function promote(m: Machine, { then, orelse, rest }: Outcomes, ends: Pending['ends'], outer: Sides | null): void {
  const sides = ([[then, ends.then], [orelse, ends.orelse]] as const).filter(([, end]) => end !== undefined && end !== 'raised');
  hold(m, new Set([...then.refined, ...orelse.refined, ...rest.refined]), outer, (shape) => {
    const after = shape.on(rest);
    return sides.map(([side, end]) => [shape.on(side), end === 'left' ? null : after].filter((part) => part !== null));
  });
}

/** What is told of a shape on each of the sides that come to an end holds around them. */
function hold(m: Machine, shapes: Iterable<ParameterShape>, outer: Sides | null, partsOf: (shape: ParameterShape) => readonly (readonly ParameterShape[])[]): void {
  for (const shape of shapes) {
    if (m.parameters.get(shape.restName) !== shape) continue;
    const parts = partsOf(shape);
    const target = outer === null || shape.side === outer.side ? shape : null;
    const rank = parts.flat().find((part) => part.rank !== null);
    const into = target ?? (rank ? shape.within(outer!) : null);
    if (rank && into && parts.every((side) => side.some((part) => part.rank === rank.rank))) into.demandRank(rank.rank!, rank.names);
  }
}

/** What is known of shapes on this side holds from now on. */
function enter(m: Machine, side: Side): void {
  for (const shape of side.refined) if (m.parameters.get(shape.restName) === shape) refine(m, shape, shape.on(side)!);
}

/** The shape of which a use here tells more. */
export function demandOn(m: Machine, shape: ParameterShape, demand: (shape: ParameterShape) => void): void {
  if (m.side === null || shape.side === m.side.side) return demand(shape);
  const part = shape.within(m.side);
  demand(part);
  refine(m, shape, part);
}

function refine(m: Machine, shape: ParameterShape, part: ParameterShape): void {
  const { dims, rest } = part.build();
  const [front, behind] = shape.knownDims;
  if (dims.length < front + behind || (rest && (rest.at < front || dims.length - rest.at < behind))) return;
  m.parameters.set(part.restName, part);
  m.facts.assumeRun(shape.restName, { dims: dims.slice(front, dims.length - behind), rest: rest && { at: rest.at - front, name: rest.name } });
}

/** The name of the run of unknown dims that both are, as it is around the sides of a condition on which they were told apart; null where they are not one. */
export function commonRun({ parameters }: Machine, a: string, b: string): string | null {
  if (a === b) return a;
  const [ours, theirs] = [around(parameters.get(a)), around(parameters.get(b))];
  const common = ours.find((shape) => theirs.includes(shape));
  if (!common || parameters.get(common.restName) !== common) return null;
  const parts = [...ours.slice(0, ours.indexOf(common)), ...theirs.slice(0, theirs.indexOf(common))];
  return parts.every(({ knownDims: [front, back] }) => front === common.knownDims[0] && back === common.knownDims[1]) ? common.restName : null;
}

/** The shape, and what is known of it outside of the sides that it is of. */
function around(shape: ParameterShape | null | undefined): ParameterShape[] {
  return shape ? [shape, ...around(shape.outer)] : [];
}

/** The value with what is known here of the shapes in it. */
export function refined(m: Machine, value: Value): Value {
  if (m.facts.runs.size === 0) return value;
  switch (value.kind) {
    case 'Tensor': {
      const shape = refinedShape(m, value.shape);
      return shape === value.shape ? value : { ...value, shape };
    }
    case 'union': {
      const options = value.options.map((option) => refined(m, option));
      return options.every((option, i) => option === value.options[i]) ? value : m.joiner.joinAll(options);
    }
    case 'tuple': {
      const tensor = value.sizeOf && refined(m, value.sizeOf);
      if (tensor?.kind !== 'Tensor' || tensor === value.sizeOf) return value;
      return tensor.shape.rest ? sizeOfUnknownRank(tensor) : m.getAttribute(tensor, 'shape', { start: 0, end: 0 });
    }
    default: return value;
  }
}

function refinedShape(m: Machine, shape: Shape): Shape {
  let now = shape;
  for (let run; now.rest && (run = m.facts.runs.get(now.rest.name)); ) {
    const { at } = now.rest;
    now = { dims: [...now.dims.slice(0, at), ...run.dims, ...now.dims.slice(at)], rest: run.rest && { at: at + run.rest.at, name: run.rest.name } };
  }
  return now;
}
