// What the page does beside being read. Everything is there without it; it filters, points out, and opens.
// @ts-check

/** @param {string} selector @param {ParentNode} [where] @returns {HTMLElement[]} */
const all = (selector, where = document) =>
  [...where.querySelectorAll(selector)].filter((one) => one instanceof HTMLElement);

/** Parts of pictures. @param {string} selector @param {ParentNode} where @returns {SVGElement[]} */
const drawn = (selector, where) =>
  [...where.querySelectorAll(selector)].filter((one) => one instanceof SVGElement);

/** Who may talk to whom: both sides of the component that is pointed at, has the focus, or was pressed. */
for (const flows of all('.flows')) {
  const buttons = all('button', flows);
  const rows = all('tbody tr', flows);
  const heads = all('thead [data-party]', flows);
  const [picture] = drawn('.picture', flows);
  const boxes = drawn('.box', flows);
  const lines = drawn('[data-from]', flows);
  const numbers = new Map(buttons.map((button) => [button.textContent, button.dataset.party]));
  /** @type {string | undefined} */
  let kept;
  /** @type {string | undefined} */
  let pointed;

  const show = () => {
    // At first the first one, as an example of what there is to see.
    const about = pointed ?? kept ?? buttons[0]?.dataset.party;
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.party === kept));
    for (const head of heads) head.classList.toggle('called', head.dataset.party === about);
    rows.forEach((row, i) => {
      const own = buttons[i]?.dataset.party === about;
      row.classList.toggle('about', own);
      for (const port of all('[data-to]', row)) {
        port.classList.toggle('calls', own);
        port.classList.toggle('called', !own && port.dataset.to === about);
      }
    });
    for (const words of all('[data-about]', flows)) {
      words.classList.toggle('shown', words.dataset.about === about);
    }
    picture?.classList.toggle('pointed', (pointed ?? kept) !== undefined);
    /** @param {string | undefined} name */
    const isAbout = (name) => about !== undefined && numbers.get(name ?? '') === about;
    for (const box of boxes) box.classList.toggle('about', isAbout(box.dataset.name));
    for (const line of lines) {
      // Browsers are drawn, but no policy speaks of them: neither the table nor the words know them.
      const known = numbers.has(line.dataset.from ?? '');
      line.classList.toggle('calls', isAbout(line.dataset.from));
      line.classList.toggle('called', known && isAbout(line.dataset.to));
    }
  };
  /** @param {string | undefined} party */
  const point = (party) => {
    pointed = party;
    show();
  };

  rows.forEach((row, i) => {
    const button = buttons[i];
    const party = button?.dataset.party;
    row.addEventListener('mouseenter', () => point(party));
    row.addEventListener('mouseleave', () => point(undefined));
    button?.addEventListener('focus', () => point(party));
    button?.addEventListener('blur', () => point(undefined));
    button?.addEventListener('click', () => {
      kept = kept === party ? undefined : party;
      show();
    });
  });
  for (const head of heads) {
    head.addEventListener('mouseenter', () => point(head.dataset.party));
    head.addEventListener('mouseleave', () => point(undefined));
  }
  for (const box of boxes) {
    const party = numbers.get(box.dataset.name ?? '');
    box.addEventListener('mouseenter', () => point(party));
    box.addEventListener('mouseleave', () => point(undefined));
  }
  flows.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    kept = undefined;
    point(undefined);
  });
  show();
}

/** Objects that have all words somewhere, and the chosen kind, component, tier and environment. */
const words = document.querySelector('#words');
const count = document.querySelector('#count');
const none = document.querySelector('#no-object');
const objects = all('.object').map((element) => ({
  element,
  text: (element.textContent ?? '').toLowerCase(),
}));

const filter = () => {
  const wanted = words instanceof HTMLInputElement ? words.value.toLowerCase().split(/\s+/) : [];
  const fields = [...document.querySelectorAll('select')].filter(({ value }) => value !== '');
  const environment = document.querySelector('[name=environment]:checked');
  const chosen = environment instanceof HTMLInputElement ? environment.value : '';
  let shown = 0;
  for (const { element, text } of objects) {
    const fits =
      wanted.every((word) => text.includes(word)) &&
      fields.every(({ value, dataset }) => element.dataset[dataset.field ?? ''] === value) &&
      (chosen === '' || element.classList.contains(chosen));
    element.hidden = !fits;
    if (fits) shown += 1;
  }
  if (count) count.textContent = shown === 1 ? '1 object' : `${shown} objects`;
  if (none instanceof HTMLElement) none.hidden = shown > 0;
};

for (const field of all('.filters input, .filters select')) field.addEventListener('input', filter);
words?.addEventListener('keydown', (event) => {
  if (!(event instanceof KeyboardEvent) || event.key !== 'Escape' || !(words instanceof HTMLInputElement))
    return;
  words.value = '';
  filter();
});
// A browser that comes back to the page fills in what was chosen before.
filter();
addEventListener('pageshow', filter);

/** A link to a rule opens it. */
const unfold = () => {
  const target = document.getElementById(location.hash.slice(1));
  const details = target?.closest('details');
  if (!details || details.open) return;
  details.open = true;
  target?.scrollIntoView();
};
addEventListener('hashchange', unfold);
unfold();

/** On paper nothing can be opened: what is for reading is, and YAML as far as it was. */
/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details')].filter((one) => !one.open && !one.matches('.object'));
  for (const one of opened) one.open = true;
});
addEventListener('afterprint', () => {
  for (const one of opened) one.open = false;
});
