/**
 * Runs in the page: texts with less contrast than 4.5, as WCAG 2 computes it (level AA; large text would need less).
 * @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 */
export function faint(): string[] {
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = channels(colour)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const paper = (element: Element | null): string => {
    if (!element) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return channels(backgroundColor)[3] === 0 ? paper(element.parentElement) : backgroundColor;
  };
  const found = new Set<string>();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    const text = texts.currentNode.textContent?.trim();
    if (!element || !text || !element.checkVisibility() || element.closest('script')) continue;
    const { color } = getComputedStyle(element);
    const [light = 0, dark = 0] = [luminance(color), luminance(paper(element))].sort((a, b) => b - a);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < 4.5) found.add(`${ratio.toFixed(2)} ${color} ${text.slice(0, 40)}`);
  }
  return [...found];
}
