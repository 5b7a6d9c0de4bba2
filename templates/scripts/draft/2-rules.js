// What reading and the rules would say of a value, as far as a browser can tell.
const days = (year, month) => new Date(Date.UTC(2000 + year % 400, month, 0)).getUTCDate();

// The first and last day that one end of an EDTF date allows, as numbers such as 20260128; null where it is none.
function ends(text) {
  const match = POINT.exec(text);
  if (!match) return null;
  const [, years, months, day] = match;
  const low = Math.max(+years.replaceAll('X', '0'), 1), high = +years.replaceAll('X', '9');
  const month = months && months !== 'XX' ? +months : null, date = day && day !== 'XX' ? +day : null;
  if (high < 1 || (years.includes('X') && months) || (date !== null && month === null)) return null;
  if (month === null) return [low * 1e4 + 101, high * 1e4 + 1231];
  if (month >= 21 && month <= 24) {
    if (day) return null;
    const first = (month - 20) * 3, last = (first + 1) % 12 + 1, over = month === 24 ? low + 1 : low;
    return [low * 1e4 + first * 100 + 1, over * 1e4 + last * 100 + days(over, last)];
  }
  if (month < 1 || month > 12 || (date !== null && (date < 1 || date > days(low, month)))) return null;
  return [low * 1e4 + month * 100 + (date ?? 1), low * 1e4 + month * 100 + (date ?? days(low, month))];
}

// The same of a whole date, which may be an interval: null, or the first and last day.
function span(text) {
  if (!text.includes('/')) return ends(text);
  const cut = text.indexOf('/'), sides = [text.slice(0, cut), text.slice(cut + 1)];
  const open = sides.map(side => side === '' || side === '..');
  if (open[0] && open[1]) return null;
  const found = sides.map((side, n) => open[n] ? [n ? 99991231 : 10101, n ? 99991231 : 10101] : ends(side));
  return found[0] && found[1] && found[1][1] >= found[0][0] ? [found[0][0], found[1][1]] : null;
}

const wordCount = text => text.split(/\s+/u).filter(word => /[\p{L}\p{N}]/u.test(word)).length;
const today = () => +new Date().toISOString().slice(0, 10).replaceAll('-', '');

// Whether an id is one of these collections, in the dossier or in the draft. Of a collection too long to be told: yes.
function isKnown(id, collections, drafted) {
  const all = collections.includes('*') ? Object.keys(KNOWN) : collections;
  return all.some(name => !KNOWN[name] || KNOWN[name].includes(id) || (drafted[name] ?? []).includes(id));
}

// What is wrong with one value that is not empty; '' where nothing is. `drafted` has the ids of the draft.
function fault(field, value, drafted, record = {}) {
  const hidden = value.match(HIDDEN);
  if (hidden) {
    const code = hidden[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    return say('hidden', { code: `U+${code}` });
  }
  if (field.k === 'choice') return field.w.some(([word]) => word === value) ? '' : say('unknown');
  if (field.k === 'date') {
    const found = span(value), issued = record.issued && span(record.issued);
    if (!found) return say('date');
    if (field.past && found[0] > today()) return say('future');
    return field.n === 'accessed' && issued && found[1] < issued[0] ? say('before_issued') : '';
  }
  if (field.k === 'id') {
    if (field.t || (field.a ?? []).includes(value) || isKnown(value, field.c, drafted)) return '';
    return say('unknown');
  }
  if (field.s && !SHAPES[field.s].test(value)) {
    return FORM.shapes[field.s].says;
  }
  if (field.s === 'id') {
    if (RESERVED.test(value)) return say('reserved');
    const mine = Object.values(drafted).flat().filter(id => id === value).length;
    return mine > 1 || Object.values(KNOWN).some(ids => (ids ?? []).includes(value)) ? say('taken') : '';
  }
  if (field.k === 'text' && value.includes('[@')) return say('cited');
  const words = field.n === 'quote' ? wordCount(value) : 0;
  return words > FORM.words ? say('long', { most: FORM.words, n: words }) : '';
}

const among = (record, conditions) =>
  Object.entries(conditions).some(([key, values]) => values.includes(record[key] ?? ''));

// Whether a key that the model does not require is asked for by a rule, as the record stands.
function isNeeded(field, collection, record, sources) {
  if (collection === 'citations' && field.n === 'quote') {
    const source = sources.find(each => each.id === record.source);
    return !(source && FORM.heard.includes(source.type));
  }
  return FORM.needed.some(need => need.in === collection && need.key === field.n
    && (!need.when || among(record, need.when)) && !(need.unless && among(record, need.unless)));
}
