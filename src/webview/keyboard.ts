/** Runs what a key stands for on the parts of a view, and says what came of it. */
import type { Action } from './actions';
import type { ColorControls } from './colorControls';
import type { Controls } from './controls';
import type { ExactStatistics } from './exactStatistics';
import type { Pictures } from './pictures';
import type { Readout } from './readout';

export interface KeyTargets {
  readonly controls: Controls;
  readonly colors: ColorControls;
  readonly pictures: Pictures;
  readonly readout: Readout;
  readonly exact: ExactStatistics;
  choose(facet: number): void;
  copy(): void;
  reveal(): void;
  help(): void;
}

/** @param key as the event names it */
export function runAction(type: Exclude<Action['type'], 'move' | 'zoom'>, key: string, { controls, colors, pictures, readout, exact, choose, copy, reveal, help }: KeyTargets): void {
  switch (type) {
    case 'copy': return copy();
    case 'facet': {
      const facet = Number(key) - 1;
      if (facet < pictures.count) choose(facet);
      return;
    }
    case 'step': return readout.announce(controls.step(key === ']' ? 1 : -1) ?? 'There is no slider');
    case 'play': return readout.announce(controls.play() ? 'Playing' : 'Stopped');
    case 'transpose': return controls.transpose();
    case 'range': return readout.announce(`Range: ${colors.next('range')}`);
    case 'scale': return readout.announce(`Scale: ${colors.next('scale')}`);
    case 'map': return readout.announce(`Colours: ${colors.next('map')}`);
    case 'exact': return exact.toggle();
    case 'reveal': return reveal();
    case 'help': return help();
  }
}
