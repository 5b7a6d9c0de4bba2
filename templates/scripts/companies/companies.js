// The table of companies: sorted, narrowed, its columns chosen, saved. What is shown stands in the address.
const table = document.querySelector('.companies'), form = document.querySelector('.finder');
const said = form.querySelector('[role=status]'), letters = document.querySelector('.letters-nav');
const heads = [...table.tHead.rows[0].cells], names = heads.map(head => head.dataset.column);
const words = heads.map(head => head.textContent);
const bodies = [...table.tBodies], lang = document.documentElement.lang, compare = new Intl.Collator(lang).compare;
const companies = bodies.flatMap(body => [...body.rows]).filter(row => row.id);
const order = new Map(companies.map((row, n) => [row, n]));
const PICKED = ['place', 'agency', 'label', 'kind', 'reply'];
const flat = text => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
const searched = new Map(companies.map(row => [row, flat(row.cells[0].textContent)]));
const cell = (row, name) => row.cells[names.indexOf(name)];
// What filters may name in a cell, and its words: its parts, or the cell itself.
function keys(of) {
  const parts = of.dataset.key ? [of] : [...of.querySelectorAll('[data-key]')];
  return parts.map(part => [part.dataset.key, part === of ? part.dataset.key : part.textContent]);
}
const held = new Map(companies.map(row => [row, Object.fromEntries(PICKED.map(name => [name, keys(cell(row, name))]))]));
let sort = '', falling = false;
const hidden = new Set();

for (const name of PICKED) {
  const found = new Map(companies.flatMap(row => held.get(row)[name]));
  const listed = [...found].sort(name === 'label' || name === 'reply' ? () => 0 : (one, other) => compare(one[1], other[1]));
  form.elements[name].append(...listed.map(([value, text]) => new Option(text, value)));
}
const buttons = heads.map((head, n) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words[n];
  button.addEventListener('click', () => {
    // Numbers of claims begin with the most, all else as one reads it.
    const first = ['label', 'reply'].includes(names[n]);
    [sort, falling] = sort === names[n] ? [sort, !falling] : [names[n], first];
    show(true);
  });
  head.replaceChildren(button);
  return button;
});
const boxes = names.slice(1).map((name, n) => {
  const label = document.createElement('label'), box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = true;
  box.addEventListener('change', () => { hidden[box.checked ? 'delete' : 'add'](name); show(true); });
  label.append(box, ' ', words[n + 1]);
  form.querySelector('details').append(label);
  return box;
});

// What rows sort by: a number, or words. Nothing on file stands last, whichever way it goes.
function worth(row) {
  const of = cell(row, sort);
  return of.dataset.sort !== undefined ? Number(of.dataset.sort) : sort === 'company' ? order.get(row) : of.textContent.trim();
}
function sorted(rows) {
  const back = falling ? -1 : 1;
  const by = sort ? rows.map(row => [row, worth(row)]) : rows.map(row => [row, order.get(row)]);
  return by.sort(([row, one], [other, two]) => (one === '') - (two === '')
    || back * (typeof one === 'number' && typeof two === 'number' ? one - two : compare(one, two))
    || order.get(row) - order.get(other)).map(([row]) => row);
}
function isWanted(row) {
  return flat(form.elements.q.value).split(' ').every(word => searched.get(row).includes(word))
    && PICKED.every(name => !form.elements[name].value || held.get(row)[name].some(([key]) => key === form.elements[name].value));
}
function show(remember) {
  let shown = 0;
  for (const body of bodies) {
    const rows = [...body.rows], mine = rows.filter(row => row.id);
    for (const row of mine) shown += !(row.hidden = !isWanted(row));
    // The heading of those kept apart goes with the last of them.
    for (const row of rows) if (!row.id) row.hidden = mine.every(each => each.hidden);
    const wanted = [...rows.filter(row => !row.id), ...sorted(mine)];
    if (wanted.some((row, n) => row !== body.rows[n])) body.append(...wanted);
  }
  heads.forEach((head, n) => {
    if (names[n] === sort) head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
    for (const each of [head, ...companies.map(row => row.cells[n])]) each.hidden = hidden.has(names[n]);
    if (n) boxes[n - 1].checked = !hidden.has(names[n]);
  });
  const state = new URLSearchParams();
  for (const name of ['q', ...PICKED]) if (form.elements[name].value.trim()) state.set(name, form.elements[name].value.trim());
  const isAsked = [...state].length > 0;
  if (sort) state.set('sort', (falling ? '-' : '') + sort);
  if (hidden.size) state.set('hide', names.filter(name => hidden.has(name)).join('.'));
  letters.hidden = isAsked || (sort !== '' && (sort !== 'company' || falling));
  const { shown: of, sorted: by, falling: end } = said.dataset;
  said.textContent = `${shown.toLocaleString(lang)} ${of}.` + (sort ? ` ${by} ${words[names.indexOf(sort)]}${falling ? `, ${end}` : ''}.` : '');
  if (!remember) return;
  // Not every browser lets a page from disk change its address; then it goes on without.
  try { history.replaceState(null, '', location.pathname + (String(state) && `?${state}`)); } catch { }
}

// Excel takes a file without a mark at its beginning for another charset: this one is made to be opened there.
function csv() {
  const visible = names.map((name, n) => n).filter(n => !hidden.has(names[n]));
  const text = of => {
    const parts = [...of.querySelectorAll('li')].map(each => each.textContent);
    return (parts.length ? parts.join(' | ') : of.textContent).replace(/\s+/g, ' ').trim();
  };
  const rows = bodies.flatMap(body => [...body.rows]).filter(row => row.id && !row.hidden).map(row => {
    const link = row.cells[0].querySelector('a');
    return [...visible.map(n => n ? text(row.cells[n]) : link.textContent), link.href];
  });
  // What a spreadsheet would run as a formula gets an apostrophe before it, as in the files of the data page.
  const safe = value => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
  const quoted = value => (/[",\r\n]/.test(value) ? `"${value.replace(/"/g, '""')}"` : value);
  return '\ufeff' + [[...visible.map(n => words[n]), table.dataset.address], ...rows]
    .map(row => row.map(value => `${quoted(safe(value))}`).join(',') + '\r\n').join('');
}
form.querySelector('button').addEventListener('click', () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([csv()], { type: 'text/csv;charset=utf-8' }));
  link.download = `${table.dataset.file}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
form.addEventListener('submit', event => event.preventDefault());
form.addEventListener('input', event => { if (event.target.name) show(true); });
form.addEventListener('reset', () => setTimeout(() => { sort = ''; falling = false; hidden.clear(); show(true); }));

function restore() {
  const state = new URLSearchParams(location.search), wanted = state.get('sort') ?? '';
  for (const name of ['q', ...PICKED]) form.elements[name].value = state.get(name) ?? '';
  // A key that no company has (any more) would leave an empty select, and an empty table.
  for (const name of PICKED) form.elements[name].selectedIndex = Math.max(0, form.elements[name].selectedIndex);
  [sort, falling] = [wanted.replace(/^-/, ''), wanted.startsWith('-')];
  if (!names.includes(sort)) [sort, falling] = ['', false];
  for (const name of (state.get('hide') ?? '').split('.')) if (names.indexOf(name) > 0) hidden.add(name);
  form.hidden = false;
  show(false);
}
restore();
