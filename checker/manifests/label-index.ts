import { type LabelSelector, type Labels, selects } from './label-selector';
import { once } from './workloads';

/** Things by their labels: finds what a selector selects without looking at everything there is. */
export class LabelIndex<T> {
  private readonly byLabel = new Map<string, T[]>();
  /** Many objects select the same: selector → what it selects. */
  private readonly known = new Map<string, readonly T[]>();

  constructor(
    private readonly all: readonly T[],
    private readonly labelsOf: (thing: T) => Labels,
  ) {
    for (const thing of all) {
      const labels = labelsOf(thing);
      for (const key in labels) {
        const label = `${key}=${labels[key]}`;
        const same = this.byLabel.get(label);
        if (same) same.push(thing);
        else this.byLabel.set(label, [thing]);
      }
    }
  }

  readonly select = once((selector: LabelSelector): readonly T[] => {
    const text = JSON.stringify(selector);
    const found =
      this.known.get(text) ??
      this.candidates(selector).filter((thing) => selects(selector, this.labelsOf(thing)));
    this.known.set(text, found);
    return found;
  });

  /** Those with the rarest of the labels that the selector demands. Its expressions are left to `selects`. */
  private candidates({ matchLabels }: LabelSelector): readonly T[] {
    let fewest: readonly T[] = this.all;
    for (const key in matchLabels) {
      const same = this.byLabel.get(`${key}=${matchLabels[key]}`) ?? [];
      if (same.length < fewest.length) fewest = same;
    }
    return fewest;
  }
}
