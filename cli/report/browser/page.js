// Searches the objects. Everything else on the page is there without a script.
// @ts-check

const words = document.querySelector('#words');
const environment = document.querySelector('#environment');
const count = document.querySelector('#count');
const objects = [...document.querySelectorAll('details.object')].flatMap((element) =>
  element instanceof HTMLElement ? { element, text: (element.textContent ?? '').toLowerCase() } : [],
);

const filter = () => {
  if (!(words instanceof HTMLInputElement && environment instanceof HTMLSelectElement && count)) return;
  const wanted = words.value.toLowerCase().split(/\s+/);
  let shown = 0;
  for (const { element, text } of objects) {
    const fits =
      wanted.every((word) => text.includes(word)) &&
      [element.dataset.environment, ''].includes(environment.value);
    element.hidden = !fits;
    if (fits) shown += 1;
  }
  count.textContent = shown === 1 ? '1 object' : `${shown} objects`;
};

for (const field of [words, environment]) field?.addEventListener('input', filter);
// A browser that comes back to the page fills in what was chosen before.
addEventListener('pageshow', filter);
