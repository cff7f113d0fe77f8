/** What a reader takes along: slices and values as text, files of numbers, the picture. */
import { Cancelled } from './channel';
import type { Channel } from './channel';
import { COPY_FORMATS, copyText, MAX_COPIED } from './copyText';
import type { CopyFormat } from './copyText';
import { exportMenus } from './exports';
import { formatExact } from './format';
import type { Cell } from './mapping';
import type { TensorMetadata } from './protocol';
import type { Readout } from './readout';
import { elementOf } from './tiles';
import type { Plane, TileCache } from './tiles';

/** What is shown now. */
export interface Shown {
  readonly plane: Plane;
  /** A number fixes a dim, null keeps it whole. */
  readonly slice: readonly (number | null)[];
  readonly picked: Cell | null;
  /** A PNG, as a data URL. */
  picture(): string;
}

export class Outputs {
  /** @param shown null while nothing is */
  constructor(
    private readonly channel: Channel, private readonly tensor: TensorMetadata, private readonly tiles: TileCache, private readonly readout: Readout,
    private readonly shown: () => Shown | null, private readonly failed: (error: unknown, what?: string) => void,
  ) {}

  menus(): HTMLElement {
    const { tensor, channel } = this;
    return exportMenus(tensor.shape.length > 2, {
      copy: (format) => void this.copySlice(format),
      save: (format, all) => this.saved((shown) => this.readout.work('Writing', (work) => channel.export(tensor.id, all ? tensor.shape.map(() => null) : shown.slice, format, work))),
      picture: () => this.saved((shown) => channel.picture(tensor.id, shown.picture())),
    });
  }

  /** The value of the picked cell, with all its digits. */
  copyValue(): void {
    const shown = this.shown();
    if (!shown?.picked) return;
    this.tiles.block(shown.plane, shown.picked.row, shown.picked.col, 1, 1).then((block) => {
      this.channel.copy(formatExact(elementOf(block, 0), this.tensor.dtype));
      this.readout.announce('Copied the value');
    }, (error: unknown) => this.failed(error));
  }

  private saved(write: (shown: Shown) => Promise<string | null>): void {
    const shown = this.shown();
    if (!shown) return;
    write(shown).then((written) => { if (written !== null) this.readout.text = `Written: ${written}`; }, (error: unknown) => { if (!(error instanceof Cancelled)) this.failed(error, 'The file could not be written'); });
  }

  private async copySlice(format: CopyFormat): Promise<void> {
    const plane = this.shown()?.plane;
    if (!plane) return;
    const { rows, cols } = plane;
    if (rows * cols > MAX_COPIED) {
      this.readout.text = `${rows} × ${cols} values are too many to copy: export them to a file.`;
      return;
    }
    try {
      const values = await this.tiles.block(plane, 0, 0, rows, cols);
      this.channel.copy(copyText(format, values.exact ?? values, rows, cols, Math.min(2, this.tensor.shape.length), this.tensor.dtype));
      this.readout.text = `Copied ${rows} × ${cols} values as ${COPY_FORMATS[format]}`;
    } catch (error) {
      this.failed(error);
    }
  }
}
