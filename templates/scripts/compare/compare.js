// Two companies side by side, made of what the page already holds. Which two stands in the address.
const form = document.querySelector('.finder'), { a, b } = form.elements, said = form.querySelector('[role=status]');
const place = document.querySelector('.compared'), all = document.querySelector('.glances');
const glances = new Map([...all.children].map(each => [each.id, each]));
const name = id => glances.get(id).querySelector('h2').textContent;
function el(tag, props, ...inside) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...inside);
  return made;
}
const copies = from => [...from.childNodes].map(each => each.cloneNode(true));
function sideBySide(one, other) {
  const sides = [one, other].map(id => glances.get(id));
  const heads = sides.map(side => el('th', { scope: 'col' }, ...copies(side.querySelector('h2'))));
  const parts = sides.map(side => [...side.querySelectorAll('dl > div')]);
  const rows = parts[0].map((part, n) => el('tr', {}, el('th', { scope: 'row' }, part.querySelector('dt').textContent),
    ...parts.map(each => el('td', {}, ...copies(each[n].querySelector('dd'))))));
  return el('table', { className: 'pair' },
    el('caption', { className: 'aside-voice' }, `${name(one)} ${form.dataset.between} ${name(other)}`),
    el('thead', {}, el('tr', {}, el('td'), ...heads)), el('tbody', {}, ...rows));
}
function show(remember) {
  const [one, other] = [a.value, b.value], isPair = one !== '' && other !== '' && one !== other;
  place.replaceChildren(...isPair ? [sideBySide(one, other)] : []);
  place.hidden = !isPair;
  all.hidden = isPair;
  // With one chosen, it stands alone until there is another.
  const chosen = isPair ? '' : one || other;
  for (const [id, each] of glances) each.hidden = chosen !== '' && id !== chosen;
  said.textContent = isPair ? `${said.dataset.both} ${name(one)} ${form.dataset.between} ${name(other)}.`
    : chosen ? said.dataset.other : said.dataset.choose;
  if (!remember) return;
  const state = new URLSearchParams(Object.entries({ a: one, b: other }).filter(([, id]) => id));
  try { history.replaceState(null, '', location.pathname + (String(state) && `?${state}`)); } catch { }
}
const state = new URLSearchParams(location.search);
for (const select of [a, b]) {
  select.append(...[...glances.keys()].map(id => new Option(name(id), id)));
  const wanted = state.get(select.name);
  if (glances.has(wanted)) select.value = wanted;
  select.addEventListener('change', () => show(true));
}
form.addEventListener('submit', event => event.preventDefault());
form.hidden = false;
show(false);
