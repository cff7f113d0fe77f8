/** What a parameter holds that is a parameter itself: attributes, what is under keys, the arguments of an object, any item. */
import type { Fields } from './annotations';
import type { Parameter } from './parameters';
import type { Value } from '../../values/values';

export class ParameterParts {
  private readonly attributes = new Map<string, Parameter>();
  private readonly classes = new Map<object, Parameter[]>();
  /** What a loop over it takes. */
  private anyItem: Parameter | null = null;

  constructor(private readonly part: (name: string, fallback: Value | null) => Parameter) {}

  get all(): readonly Parameter[] {
    return [...this.attributes.values(), ...(this.anyItem ? [this.anyItem] : []), ...[...this.classes.values()].flat()];
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

  /** Any of its items, where their number is not known. */
  item(made: () => Parameter): Parameter {
    return (this.anyItem ??= made());
  }
}
