// The page: what is typed, what is found, and both in the address. Nothing is sent anywhere.
const SHOWN = 10, PAUSE = 120, LENGTH = 220;
const at = id => document.getElementById(id);
const field = at('search_q'), form = at('search_'), list = at('search_results');
const state = Object.fromEntries(FILTERS.map(name => [name, '']));
let shown = SHOWN, turn = 0, timer = 0, last = { terms: [], entries: [] };

function el(tag, props, ...inside) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...inside);
  return made;
}

// What an entry is under a filter: one value, or several agencies.
const valuesOf = (entry, name) => name === 'kind' ? [entry.kind] : entry.asked[FILTERS.indexOf(name) - 1].split(' ').filter(Boolean);
const fits = (entry, but) => FILTERS.every(name => name === but || !state[name] || valuesOf(entry, name).includes(state[name]));
const isNarrowed = () => FILTERS.some(name => state[name]);

// The filters, each value with how many of the results it would leave. One that tells nothing apart is not shown.
function drawFilters() {
  const place = at('search_filters');
  for (const [name, label, words] of FORM.filters) {
    const counts = new Map();
    for (const entry of last.entries) {
      if (fits(entry, name)) for (const value of valuesOf(entry, name)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    if (state[name] && !counts.has(state[name])) counts.set(state[name], 0);
    const order = name === 'year' ? [...counts.keys()].sort().reverse()
      : name === 'agency' ? [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1))
        : Object.keys(words).filter(value => counts.has(value));
    let select = at(`search_${name}`);
    if (!select) {
      select = el('select', { id: `search_${name}`, name });
      select.addEventListener('change', () => { state[name] = select.value; shown = SHOWN; run(); });
      place.append(el('div', {}, el('label', { htmlFor: select.id }, label), select));
    }
    const option = value => el('option', { value }, `${words[value] ?? value} (${counts.get(value)})`);
    select.replaceChildren(el('option', { value: '' }, FORM.say.any), ...order.map(option));
    select.value = state[name];
    select.parentNode.hidden = order.length < 2 && !state[name];
  }
  place.hidden = !last.entries.length && !isNarrowed();
}

// A text with the words that were found marked, cut where it is long.
function marked(text, isFound, length = Infinity) {
  const found = tokens(text, STOPS).filter(([word]) => isFound(word));
  let begin = 0, end = text.length;
  if (end > length) {
    // Where most of the words stand close together.
    const within = ([, from]) => found.filter(([, other]) => other >= from && other < from + length * 0.8).length;
    const first = found.reduce((best, each) => !best || within(each) > within(best) ? each : best, null);
    begin = Math.max(0, Math.min((first?.[1] ?? 0) - length * 0.2, end - length));
    if (begin) begin = text.indexOf(' ', begin) + 1;
    end = Math.min(end, begin + length);
    if (end < text.length) end = Math.max(text.lastIndexOf(' ', end), first?.[2] ?? 0);
  }
  const made = [begin ? '… ' : ''];
  let last = begin;
  for (const [, from, to] of found.filter(([, from, to]) => from >= begin && to <= end)) {
    made.push(text.slice(last, from), el('mark', {}, text.slice(from, to)));
    last = to;
  }
  made.push(text.slice(last, end), end < text.length ? ' …' : '');
  return made.filter(Boolean);
}

const WORDS = Object.fromEntries(FORM.filters.map(([name, , words]) => [name, words]));

function result(entry, isFound) {
  const [heading, ...texts] = entry.texts, has = ([, text]) => new Set(tokens(text, STOPS).map(([word]) => word).filter(isFound)).size;
  // The text that has most of the words; of those alike, what is said rather than what is beside it.
  const told = texts.filter(([, text]) => text !== entry.above && text.length > 18);
  const best = told.reduce((chosen, each) => has(each) > (chosen ? has(chosen) : 0) ? each : chosen, null) ?? (entry.kind === 'source' ? null : told[0]);
  const [, label, , , reply] = entry.asked;
  // A claim is told by its own sentence, which names who says it; what was found beside it comes after, said to be that.
  const statement = label ? texts.find(([, text]) => text !== entry.above) : null;
  const shownTexts = statement && best && best !== statement ? [statement, best] : [statement ?? best].filter(Boolean);
  const link = el('a', { href: FORM.root + entry.href, className: 'search__link' }, ...marked(heading[1], isFound));
  if (heading[2]) link.lang = heading[2];
  const made = el('li', {}, el('h3', {}, link));
  const line = el('p', { className: 'label' });
  if (entry.kind !== 'company' || !entry.above) line.append(el('span', {}, WORDS.kind[entry.kind]));
  if (entry.above) line.append(el('span', {}, ...marked(entry.above, isFound)));
  if (label) line.append(el('span', { className: `label__word label__word--${label}` }, WORDS.label[label]));
  const answer = reply && FORM.say.reply.replace('%(status)s', WORDS.reply[reply]);
  const more = [entry.count, entry.when, answer].filter(Boolean).join('; ');
  if (more) line.append(el('span', { className: 'label__count' }, more));
  made.append(line);
  for (const [, text, lang] of shownTexts) {
    const isBeside = statement && text !== statement[1];
    const said = el(isBeside ? 'span' : 'p', isBeside ? {} : { className: 'search__words' }, ...marked(text, isFound, statement && !isBeside ? 3 * LENGTH : LENGTH));
    if (lang) said.lang = lang;
    made.append(isBeside ? el('p', { className: 'search__words' }, `${FORM.say.beside} `, said) : said);
  }
  return made;
}

function say(text) { if (at('search_said').textContent !== text) at('search_said').textContent = text; }

async function draw(mine) {
  const fitting = last.entries.filter(entry => fits(entry)), some = fitting.slice(0, shown);
  await opened(some);
  const proposal = last.entries.length && last.isWhole ? '' : await meant(field.value, last.terms);
  if (mine !== turn) return;
  const forms = new Set(last.terms.flatMap(({ forms }) => [...forms.keys()])), isFound = word => forms.has(word);
  list.replaceChildren(...some.filter(each => each.texts).map(entry => result(entry, isFound)));
  list.dataset.query = field.value;
  at('search_more').hidden = fitting.length <= shown;
  const pattern = !fitting.length ? FORM.say.none : last.isWhole ? FORM.say.found : FORM.say.some;
  say(pattern.replace('%(n)s', fitting.length));
  const place = at('search_meant');
  place.hidden = !proposal;
  place.replaceChildren(...proposal && [`${FORM.say.meant} `, el('button', { type: 'button', onclick() { field.value = proposal; run(); field.focus(); } }, proposal)]);
  drawFilters();
}

async function run() {
  const mine = ++turn, query = field.value.trim();
  remember(query);
  at('search_found').hidden = !query && !isNarrowed();
  if (at('search_found').hidden) {
    list.replaceChildren();
    at('search_filters').hidden = true;
    return;
  }
  try {
    const found = await find(field.value);
    if (mine !== turn) return;
    last = found;
    await draw(mine);
  } catch (error) {
    if (!(error instanceof Error) || mine !== turn) throw error;
    say(FORM.say.lost);
  }
}

// The address holds what is asked, so that it can be sent on. Some browsers let no page from disk change it.
function remember(query) {
  const said = new URLSearchParams(query ? { q: query } : {});
  for (const name of FILTERS) if (state[name]) said.set(name, state[name]);
  try {
    history.replaceState(null, '', `${location.pathname}${said.size ? `?${said}` : ''}${location.hash}`);
  } catch { /* it stays as it is */ }
}

// What is read first is read while the reader still thinks.
field.addEventListener('focus', () => { ready([]).catch(() => {}); }, { once: true });
field.addEventListener('input', () => {
  shown = SHOWN;
  clearTimeout(timer);
  timer = setTimeout(run, PAUSE);
});
form.addEventListener('submit', async event => {
  event.preventDefault();
  clearTimeout(timer);
  await run();
  list.querySelector('a')?.focus();
});
at('search_more').addEventListener('click', async () => {
  const before = list.children.length;
  shown += SHOWN;
  await draw(turn);
  list.children[before]?.querySelector('a').focus();
});
// Down and up go through the results from the field and back; Escape clears it, and leads back to it.
document.addEventListener('keydown', event => {
  const links = [...list.querySelectorAll('.search__link')], here = links.indexOf(document.activeElement);
  const isField = document.activeElement === field;
  if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing || (here < 0 && !isField)) return;
  if (event.key === 'Escape') {
    if (isField) { field.value = ''; run(); }
    field.focus();
  } else if (event.key === 'ArrowDown' && links[here + 1]) links[here + 1].focus();
  else if (event.key === 'ArrowUp' && !isField) (links[here - 1] ?? field).focus();
  else return;
  event.preventDefault();
});

const said = new URLSearchParams(location.search);
field.value = (said.get('q') ?? '').slice(0, field.maxLength);
for (const name of FILTERS) state[name] = said.get(name) ?? '';
form.hidden = false;
run();
if (matchMedia('(pointer: fine)').matches && !location.hash) field.focus({ preventScroll: true });
