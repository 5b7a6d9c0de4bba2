// The form itself: controls from the model, the draft they hold, and what follows from it. Nothing leaves the browser.
const find = id => document.getElementById(id);
const SLOT = `draft:${location.pathname.replace(/[^/]*$/, '')}`;
let draft = { on: ['claims'] }, controls = [], wait = 0, kept = true;

function el(tag, props, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (name in made && name !== 'list') made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inside);
  return made;
}

const isFilled = value => typeof value === 'string' ? value.trim() !== ''
  : Object.values(value ?? {}).some(isFilled);
const oneLine = text => text.replace(/[ \t\r\n]+/g, ' ').trim();
const lines = text => text.split(/\r?\n/).map(oneLine).filter(Boolean);
const on = name => draft.on.includes(name);
const recordsOn = () => Object.keys(FORM.records).filter(on);

// What stands in the controls of these fields, as it will stand in the file.
function valueOf(field, held) {
  if (!isFilled(held)) return undefined;
  if (field.f) return field.m ? held.filter(isFilled).map(each => valuesOf(field.f, each)) : valuesOf(field.f, held);
  if (field.k === 'text' || field.k === 'prose') {
    const tidy = field.k === 'text' ? oneLine : text => text.replace(/\r/g, '').trim();
    const said = FORM.languages.filter(([code]) => isFilled(held[code])).map(([code]) => [code, tidy(held[code])]);
    return FORM.languages.length === 1 ? said[0][1] : Object.fromEntries(said);
  }
  const said = field.m ? lines(held) : oneLine(held);
  return field.u && said.length === 1 ? said[0] : said;
}
function valuesOf(fields, held) {
  const found = fields.map(field => [field.n, valueOf(field, held[field.n])]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}
function whatIsDrafted() {
  const made = {};
  for (const name of recordsOn()) {
    if (isFilled(draft[name])) made[name] = [valuesOf(FORM.records[name].f, draft[name])];
  }
  return made;
}
const idsDrafted = () => Object.fromEntries(recordsOn().map(name => [name, [oneLine(draft[name]?.id ?? '')]]));

// One control under its label. `asked` says whether it must be filled in, `path` is its own id.
function control(field, held, key, path, { label = field.l, lang = '', collection, asked }) {
  const id = path, value = held[key] ?? '', type = { id, name: id, value, lang: lang || document.documentElement.lang };
  const isLong = field.m || field.k === 'text' || field.k === 'prose' || field.n === 'quote';
  let input;
  if (field.k === 'choice' || field.k === 'flag') {
    const words = field.w ?? [['true', say('yes')], ['false', say('no')]];
    const option = ([word, says]) => el('option', { value: word }, says ? `${says} (${word})` : word);
    input = el('select', { id, name: id }, el('option', { value: '' }, '–'), ...words.map(option));
    input.value = value;
  } else {
    const rows = field.k === 'prose' ? 5 : field.m ? 2 : 3;
    input = isLong ? el('textarea', { ...type, rows }) : el('input', { ...type, type: 'text', autocomplete: 'off' });
    if (!isLong && field.c) input.setAttribute('list', `known-${field.c.join('-')}`);
  }
  const says = field.d + (field.m ? ` ${say('several')}` : '');
  const mark = el('span', {}), error = el('p', { id: `${id}-error`, className: 'draft__error' });
  input.setAttribute('aria-describedby', `${id}-hint ${id}-error`);
  const me = { id, label, input, error, isTouched: isFilled(value), check() {
    const typed = held[key] ?? '', isAsked = asked(field);
    mark.textContent = isAsked ? ` (${say('required')})` : '';
    input.setAttribute('aria-required', isAsked);
    if (!isFilled(typed)) return isAsked ? say('missing') : '';
    const all = field.m ? lines(typed) : [field.k === 'prose' ? typed : oneLine(typed)];
    if (new Set(all).size < all.length) return say('twice');
    const drafted = idsDrafted();
    return all.map(each => fault(field, each, drafted, draft[collection] ?? {})).find(Boolean) ?? '';
  } };
  input.addEventListener('input', () => { held[key] = input.value; changed(); });
  input.addEventListener('change', () => { me.isTouched = true; changed(); });
  input.addEventListener('blur', () => { me.isTouched ||= isFilled(held[key] ?? ''); show(); });
  controls.push(me);
  return el('div', { className: 'draft__field' },
    el('label', { htmlFor: id }, label, ' ', el('code', { className: 'draft__key' }, key === field.n ? key : `${field.n}.${key}`), mark),
    el('p', { id: `${id}-hint`, className: 'draft__hint' }, says), input, error);
}

function fieldOf(field, held, path, collection, isWanted) {
  const id = `${path}-${field.n}`;
  const asked = each => isWanted() && (Boolean(each.r) || isNeeded(each, collection, held, on('sources') ? [draft.sources ?? {}] : []));
  if (field.k === 'text' || field.k === 'prose') {
    const texts = held[field.n] ??= {};
    return FORM.languages.map(([code, name, lang]) => control(field, texts, code, `${id}-${code}`, {
      label: FORM.languages.length > 1 ? `${field.l} – ${name}` : field.l, lang, collection,
      asked: each => asked(each) || (isFilled(texts) && field.n !== 'translation'),
    }));
  }
  if (!field.f) return [control(field, held, field.n, id, { collection, asked })];
  const legend = el('legend', {}, field.l, ' ', el('code', { className: 'draft__key' }, field.n));
  const hint = el('p', { className: 'draft__hint' }, field.d);
  if (!field.m) {
    const inner = held[field.n] ??= {};
    const isInnerWanted = () => (isWanted() && Boolean(field.r)) || isFilled(inner);
    return [el('fieldset', { className: 'draft__part' }, legend, hint, ...fieldsOf(field.f, inner, id, field.n, isInnerWanted))];
  }
  const items = held[field.n] ??= [], place = el('div');
  const isOneNeeded = () => isWanted() && (field.r || isNeeded(field, collection, held, []));
  const add = el('button', { type: 'button', id: `${id}-add`, onclick() { items.push({}); draw(); focusIn(place.lastChild); changed(); } },
    say('add', { what: field.l }));
  function draw() {
    controls = controls.filter(each => !each.id.startsWith(`${id}-`));
    place.replaceChildren(...items.map((item, n) => el('fieldset', { className: 'draft__part' },
      el('legend', {}, `${field.l} ${n + 1}`),
      ...fieldsOf(field.f, item, `${id}-${n}`, field.n, () => isFilled(item) || (n === 0 && isOneNeeded())),
      el('button', { type: 'button', onclick() { items.splice(n, 1); draw(); add.focus(); changed(); } },
        say('remove', { what: field.l, n: n + 1 })))));
  }
  if (field.r && !items.length) items.push({});
  draw();
  return [el('fieldset', { className: 'draft__part' }, legend, hint, place, add)];
}

// Fields as the model has them: those that are seldom used stand folded below.
function fieldsOf(fields, held, path, collection, isWanted) {
  const make = some => some.flatMap(field => fieldOf(field, held, path, collection, isWanted));
  const seldom = fields.filter(field => field.o);
  const more = seldom.length ? [el('details', { open: seldom.some(field => isFilled(held[field.n])) },
    el('summary', { id: `${path}-more` }, say('optional')), ...make(seldom))] : [];
  return [...make(fields.filter(field => !field.o)), ...more];
}

const focusIn = place => place?.querySelector('input, select, textarea')?.focus();

function drawRecords() {
  controls = [];
  find('draft_records').replaceChildren(...recordsOn().map(name => el('fieldset', { className: 'draft__record' },
    el('legend', {}, FORM.records[name].l), ...fieldsOf(FORM.records[name].f, draft[name] ??= {}, name, name, () => true))));
}

// The ids that a control offers: of the dossier, and of the draft.
function offerIds() {
  const drafted = idsDrafted();
  for (const list of document.querySelectorAll('datalist')) {
    const names = list.dataset.of === '*' ? Object.keys(KNOWN) : list.dataset.of.split('-');
    const ids = names.flatMap(name => [...(drafted[name] ?? []).filter(Boolean), ...(KNOWN[name] ?? [])]);
    list.replaceChildren(...ids.map(id => el('option', { value: id })));
  }
}
function lists(fields) {
  return fields.flatMap(field => field.f ? lists(field.f) : field.c && !field.m ? [field.c.join('-')] : []);
}

function look(made) {
  const spoken = held => typeof held === 'string' ? held : held?.[FORM.code] ?? Object.values(held ?? {})[0] ?? '';
  const quote = cited => {
    const source = made.sources?.find(each => each.id === cited.source);
    const by = source ? [source.publisher, source.issued].filter(Boolean).join(', ') : cited.source;
    const ours = typeof cited.translation === 'string' ? cited.translation : cited.translation?.[FORM.code];
    return el('figure', { className: 'quote' },
      el('blockquote', {}, el('p', {}, say('quotes', { words: cited.quote ?? '' }))),
      ...(ours ? [el('p', { className: 'quote__translation' }, ours)] : []),
      el('figcaption', {}, [by, cited.locator].filter(Boolean).join(', ')));
  };
  const card = (heading, words, ...more) => el('div', { className: 'claim__side' },
    el('h3', {}, heading), el('p', { className: 'claim__statement' }, words), ...more);
  const cards = [];
  for (const [name, [each]] of Object.entries(made)) {
    const words = { claims: each.statement, responses: each.statement, sources: each.title, corrections: each.text ?? each.after };
    const sum = each.amount ? [el('p', { className: 'amount' }, `${each.amount.value ?? ''} ${each.amount.currency ?? ''}`)] : [];
    const said = name === 'sources' ? [el('p', {}, [each.publisher, each.issued].filter(Boolean).join(', '))] : [];
    const cited = (each.citations ?? []).filter(one => one.quote).map(quote);
    cards.push(card(FORM.records[name].l, spoken(words[name]), ...sum, ...said, ...cited));
  }
  find('draft_look').replaceChildren(...(cards.length ? cards : [el('p', {}, say('empty'))]));
}

function lead(text, made) {
  const [name = ''] = Object.values(made).map(([each]) => each.id).filter(Boolean), host = FORM.host, link = find('draft_open');
  const file = `${SHAPES.id.test(name) ? name : 'draft'}.yaml`;
  let how = host ? '' : say('no_host', { file: `${FORM.folder}/${file}` });
  link.hidden = !host || !text;
  if (host) {
    const fill = words => link.dataset.new.replace(/\{(name|text)\}/g, (_, key) => encodeURIComponent({ name: file, text: words }[key]));
    const isShort = fill(text).length <= host.most;
    link.href = fill(isShort ? text : '');
    link.textContent = say(host.fills && isShort ? 'open' : 'open_empty', { host: host.name });
    how = !host.fills ? say('to_paste', { host: host.name }) : isShort ? '' : say('too_long');
  }
  find('draft_how').textContent = how;
}

// What is left to do, beside each control that was touched and in a list of all.
function show() {
  const todo = [];
  for (const each of controls) {
    const wrong = each.check(), told = each.isTouched ? wrong : '';
    if (each.error.textContent !== told) each.error.textContent = told;
    if (told) each.input.setAttribute('aria-invalid', 'true');
    else each.input.removeAttribute('aria-invalid');
    if (wrong) todo.push(el('li', {}, el('a', { href: `#${each.id}`, onclick(event) {
      event.preventDefault();
      each.input.closest('details')?.setAttribute('open', '');
      each.input.focus();
    } }, each.label), `${say('colon')}${wrong}`));
  }
  find('draft_todo').replaceChildren(...todo);
  clearTimeout(wait);
  wait = setTimeout(() => {
    const left = todo.length;
    find('draft_left').textContent = !left ? say('done') : left === 1 ? say('left_one') : say('left', { n: left });
  }, 400);
}

function changed() {
  try { localStorage.setItem(SLOT, JSON.stringify(draft)); } catch { kept = false; }
  find('draft_kept').textContent = say(kept ? 'kept' : 'unkept');
  const made = whatIsDrafted(), text = Object.keys(made).length ? yaml(made) : '';
  find('draft_text').textContent = text;
  offerIds();
  look(made);
  lead(text, made);
  show();
}

async function copy() {
  const code = find('draft_text');
  try {
    await navigator.clipboard.writeText(code.textContent);
    find('draft_said').textContent = say('copied');
  } catch {
    getSelection().selectAllChildren(code);
    code.parentElement.focus();
    find('draft_said').textContent = say('copy_by_hand');
  }
}

function begin() {
  try {
    const before = JSON.parse(localStorage.getItem(SLOT));
    if (Array.isArray(before?.on)) draft = before;
  } catch { /* What cannot be read is no draft. */ }
  find('draft_which').replaceChildren(...Object.entries(FORM.records).map(([name, { l }]) => {
    const box = el('input', { type: 'checkbox', id: `draft-on-${name}`, checked: on(name), onchange() {
      draft.on = draft.on.filter(each => each !== name).concat(box.checked ? [name] : []);
      drawRecords();
      changed();
    } });
    return el('label', {}, box, l);
  }));
  drawRecords();
  changed();
}

const all = Object.values(FORM.records).flatMap(({ f }) => lists(f));
find('draft_').append(...[...new Set(all)].map(of => {
  const list = el('datalist', { id: `known-${of}` });
  list.dataset.of = of;
  return list;
}));
find('draft_').addEventListener('submit', event => event.preventDefault());
find('draft_copy').addEventListener('click', copy);
find('draft_delete').addEventListener('click', () => {
  if (!confirm(say('sure'))) return;
  try { localStorage.removeItem(SLOT); } catch { /* Then nothing was kept. */ }
  draft = { on: ['claims'] };
  begin();
  find('draft_said').textContent = say('deleted');
});
begin();
find('draft_').hidden = false;
