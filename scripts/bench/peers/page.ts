/** How long something takes, as a multiple of loading cdk8s-plus-27. */
export interface Bar {
  readonly name: string;
  readonly ratio: number;
}

const fastestFirst = (bars: readonly Bar[]): Bar[] => [...bars].sort((a, b) => a.ratio - b.ratio);

/** @param ahead how many times as fast as helm one of a thousand environments is; nothing if helm was not there */
export const page = (bars: readonly Bar[], ahead: number | undefined): string => `# How fast it is

Made by \`npm run bench\`. Figures are measured: they differ from run to run and from machine to machine, so they are ratios of what
ran side by side. The unit is what Node takes to load cdk8s-plus-27, without anything kept from earlier starts.

![The same three environments, by COPED and by others](performance.svg)

| The objects of three environments | Times the unit |
| --- | ---: |
${fastestFirst(bars)
  .map(({ name, ratio }) => `| ${name} | ${ratio.toFixed(2)} |`)
  .join('\n')}

All make the same objects of \`dist/\`, and the bench compares them before it measures. The other tools get sources that are made from
\`dist/\`, with the namespace set in the way of each; they start once for each environment, and check nothing.
${
  ahead === undefined
    ? ''
    : `
Of a thousand environments in one synth, ${ahead.toFixed(1)} are made in the time in which helm makes one.
`
}
Why it is as fast as it is, and what did not help: [decision 38](decisions/0038-speed.md).
`;

const [LEFT, WIDTH, HEIGHT] = [220, 640, 28];

/** A bar for each. */
export function plot(bars: readonly Bar[]): string {
  const scale = (WIDTH - LEFT - 60) / Math.max(...bars.map(({ ratio }) => ratio));
  const rows = fastestFirst(bars).map(({ name, ratio }, i) => {
    const [y, width] = [i * HEIGHT, (ratio * scale).toFixed(0)];
    return `  <text x="${LEFT - 8}" y="${y + 19}" text-anchor="end">${name}</text>
  <rect x="${LEFT}" y="${y + 5}" width="${width}" height="${HEIGHT - 10}" fill="${name.startsWith('COPED') ? '#2563eb' : '#9ca3af'}"/>
  <text x="${LEFT + Number(width) + 6}" y="${y + 19}">${ratio.toFixed(2)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bars.length * HEIGHT}" font-family="sans-serif" font-size="14" fill="#6b7280">
${rows.join('\n')}
</svg>
`;
}
