/** What a parameter holds that is a parameter itself: attributes, what is under keys, the arguments of an object, any item. */
import type { Fields } from './annotations';
import type { Parameter } from './parameters';
import type { Value } from '../../values/values';

export class ParameterParts {
  private readonly attributes = new Map<string, Parameter>();
  private readonly classes = new Map<object, Parameter[]>();
  private readonly items = new Map<number | string | null, Parameter>();

  constructor(private readonly part: (name: string, fallback: Value | null) => Parameter) {}

  get all(): readonly Parameter[] {
    return [...this.attributes.values(), ...this.items.values(), ...[...this.classes.values()].flat()];
  }

  /** The arguments that it is made of where it is an instance of the class. */
  ofClass(cls: object, made: () => Parameter[]): readonly Parameter[] {
    let known = this.classes.get(cls);
    if (!known) this.classes.set(cls, (known = made()));
    return known;
  }

  /** Who asks for it first knows at once what is known of it: that it is there is nothing to trace anything again for. */
  named(name: string, fields: Fields | null, made: () => Parameter = () => this.part(name, null)): Parameter {
    let part = this.attributes.get(name);
    if (!part) {
      part = fields?.make(name, (fallback) => this.part(name, fallback)) ?? made();
      part.revision -= part.revisions;
      part.isHeld = true;
      this.attributes.set(name, part);
    }
    return part;
  }

  /** Any of its items (null), the one that is so many from its end (-1), or at a position of which only the text is known; `isSlice`: all that a slice of that text takes. */
  item(at: number | string | null, made: (name: string) => Parameter, isSize: boolean, isSlice: boolean): Parameter {
    let item = this.items.get(at);
    if (!item) {
      const others = [...this.items.keys()].filter((other) => typeof other === 'string').length;
      item = made(at === null ? 'item' : typeof at === 'string' ? `${isSlice ? 'slice' : 'item'}_${others + 1}` : `last${at === -1 ? '' : `_${-at}`}`);
      if (isSlice) item.becomeSequence();
      else if (at !== null && (this.items.get(null)?.kind === 'int' || (isSize && typeof at === 'number'))) item.become('int');
      item.revision -= item.revisions;
      this.items.set(at, item);
    }
    return item;
  }
}
