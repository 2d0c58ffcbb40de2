/**
 * How wide DejaVu Sans draws the characters from the space to the tilde, in thousandths of the size: the widest letters
 * among those that systems have by default. What fits in these fits in Arial, Segoe UI, Roboto and San Francisco.
 */
const WIDTHS = [
  318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
  636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
  295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
  500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
  392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];
/** Other characters have their dash or their arrow inside a square. */
const OTHER = 1000;
/** The widest difference between bold and plain letters is 26 %, that of whole words a good deal less. */
const BOLD = 1.2;

export interface Font {
  readonly size: number;
  readonly bold?: boolean;
}

/** How wide a text is at most, in the unit of its size. */
export const widthOf = (text: string, { size, bold = false }: Font): number =>
  ([...text].reduce((sum, letter) => sum + (WIDTHS[(letter.codePointAt(0) ?? 0) - 32] ?? OTHER), 0) *
    size *
    (bold ? BOLD : 1)) /
  1000;
