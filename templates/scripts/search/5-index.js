// The index: its files as they are asked for, which entries have a word, and which of them come first.
const FORM = globalThis.searchForm, STOPS = new Set(FORM.stops), FILTERS = FORM.filters.map(([name]) => name);
const ENTRIES = new Map(), POSTS = new Map(), parts = new Map();
const FORMS = { same: 1, other: 0.9, stem: 0.7, far: 0.5, begun: 0.55, small: 0.3 };
const KINDS = { company: 1.5, agency: 1.3, source: 0.7, event: 0.9 };
const GONE = 0.4, SATURATION = 5, MOST_READ = 200;
let all = [], dictionary = [], isSorted = true;

globalThis.searchPart = (name, told) => parts.set(name, told);

// A file of the index, read once: a script of the site, since a page from disk may read nothing else.
const loading = new Map();
function load(name) {
  if (!loading.has(name)) {
    loading.set(name, new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = `${FORM.root}${FORM.folder}/${name}.js`;
      script.onload = () => { take(name, parts.get(name)); parts.delete(name); resolve(); };
      script.onerror = () => { loading.delete(name); script.remove(); reject(new Error(name)); };
      document.head.append(script);
    }));
  }
  return loading.get(name);
}

// What was read: entries by their unit's key and number, marks (what filters ask) and words.
function take(name, told) {
  const kind = name.split('-')[0];
  if (kind === 'words') return takeWords(told);
  for (const [key, ...rest] of told) {
    const entries = rest[rest.length - 1];
    entries.forEach((entry, n) => {
      // Files of two builds may meet in a browser's cache: what the marks do not know is not shown.
      const mine = kind === 'marks' || !isLarge() ? entryAt(`${key} ${n}`) : ENTRIES.get(`${key} ${n}`);
      if (!mine) return;
      if (kind === 'marks') Object.assign(mine, { kind: entry[0], asked: entry.slice(1) });
      else {
        const [anchor, what, asked, above, when, count, texts] = entry;
        Object.assign(mine, { kind: what, asked, above, when, count, texts, href: rest[0] + (anchor && `#${anchor}`) });
        if (FORM.words === 1) for (const [word, weight] of weigh(texts, STOPS)) post(word, mine, weight);
      }
    });
  }
  all = [...ENTRIES.values()];
}
function entryAt(key) {
  if (!ENTRIES.has(key)) ENTRIES.set(key, { key });
  return ENTRIES.get(key);
}
function post(word, entry, weight) {
  if (!POSTS.has(word)) {
    POSTS.set(word, []);
    dictionary.push(word);
    isSorted = false;
  }
  POSTS.get(word).push([entry, weight]);
}
function takeWords([keys, words]) {
  for (const [word, told] of Object.entries(words)) {
    let at = 0;
    for (const [, gap, posts] of told.matchAll(/(\d+):([^,]*)/g)) {
      at += Number(gap);
      for (const [, number, letter] of posts.matchAll(/(\d+)([a-z])/g)) {
        // A file from an older build may name what is no more: nothing is known of it, and nothing is shown.
        const entry = ENTRIES.get(`${keys[at]} ${number}`);
        if (entry) post(word, entry, letter.charCodeAt(0) - 96);
      }
    }
  }
}

const isLarge = () => FORM.words > 1;
const wordsFile = word => `words-${shardOf([...word.toLowerCase()].slice(0, 2).join(''), FORM.words)}`;

async function ready(terms) {
  await load(isLarge() ? 'marks-0' : 'entries-0');
  if (isLarge()) await Promise.all([...new Set(terms.map(({ word }) => wordsFile(word)))].map(load));
  if (!isSorted) dictionary.sort((a, b) => a.toLowerCase() < b.toLowerCase() ? -1 : 1);
  isSorted = true;
}
// The texts of entries, for what is shown of them.
const opened = entries => !isLarge() ? Promise.resolve() : Promise.all(entries.filter(each => !each.texts)
  .map(each => load(`entries-${shardOf(each.key.split('~')[0], FORM.entries)}`)));

// The words of the index that begin like this, in order.
function beginning(start) {
  let low = 0, high = dictionary.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dictionary[middle].toLowerCase() < start) low = middle + 1; else high = middle;
  }
  const found = [];
  while (low < dictionary.length && dictionary[low].toLowerCase().startsWith(start)) found.push(dictionary[low++]);
  return found;
}

// What is asked: words, the last of them perhaps still being typed, and phrases in quote marks.
function asked(query) {
  const phrases = [], text = query.normalize('NFC');
  for (const [, words] of text.matchAll(/["“«]([^"“”«»]+)["”»]/g)) {
    const mine = tokens(words, STOPS).map(([word]) => word);
    if (mine.length > 1) phrases.push(mine);
  }
  let found = tokens(text, STOPS);
  if (!found.length) found = tokens(text, new Set());
  const isTyping = /[\p{L}\p{N}]$/u.test(text);
  const terms = found.map(([word], n) => ({ word, isTyping: isTyping && n === found.length - 1 }));
  return { terms, phrases };
}

// The forms of a word that the index has, each with how near it is.
function formsOf({ word, isTyping }) {
  const plain = word.toLowerCase(), isAcronym = word !== plain, found = new Map();
  const put = (each, factor) => found.set(each, Math.max(factor, found.get(each) ?? 0));
  const others = Object.keys(STEMMERS).filter(language => language !== FORM.code);
  for (const each of beginning([...plain].slice(0, 2).join(''))) {
    const other = each.toLowerCase(), isShort = other !== each;
    if (each === word) put(each, FORMS.same);
    else if (other === plain) put(each, isShort ? FORMS.other : FORMS.small);
    else if (isTyping && plain.length > 1 && other.startsWith(plain)) put(each, FORMS.begun);
    // The amount without its cents, or with fewer decimals.
    if (/^\d/.test(plain) && other.startsWith(`${plain}.`)) put(each, FORMS.stem);
    if (isAcronym || isShort || plain.length < 3 || /\d/.test(plain)) continue;
    if (STEMMERS[FORM.code] && stem(FORM.code, each) === stem(FORM.code, plain)) put(each, FORMS.stem);
    else if (others.some(language => stem(language, each) === stem(language, plain))) put(each, FORMS.far);
  }
  return found;
}

// Entries with one word in any of its forms: entry to score. Rare words weigh more (BM25, without lengths).
function matches(term) {
  const found = new Map();
  for (const [word, factor] of term.forms) {
    for (const [entry, weight] of POSTS.get(word)) {
      // A company is more than its claims where its name is asked for, and no more than they where its summary is.
      const kind = Math.min(KINDS[entry.kind] ?? 1, weight > MOST_OF_BODY ? 2 : 0.9);
      found.set(entry, Math.max(found.get(entry) ?? 0, kind * factor * weight / (weight + SATURATION)));
    }
  }
  const rarity = Math.log(1 + (all.length - found.size + 0.5) / (found.size + 0.5));
  for (const [entry, score] of found) found.set(entry, score * rarity);
  return found;
}

const hasPhrase = (entry, words) => entry.texts?.some(([, text]) => {
  const mine = tokens(text, STOPS).map(([word]) => word.toLowerCase());
  return mine.some((_, n) => words.every((word, k) => mine[n + k] === word.toLowerCase()));
});

// All entries that fit the words, the best first. `isWhole` says whether they have all of the words.
async function find(query) {
  const { terms, phrases } = asked(query);
  await ready(terms);
  if (!terms.length) return { terms, entries: [...all], isWhole: true };
  for (const term of terms) term.forms = formsOf(term);
  const hits = terms.map(matches), scores = new Map();
  for (const hit of hits) {
    for (const [entry, score] of hit) {
      const [number, sum] = scores.get(entry) ?? [0, 0];
      scores.set(entry, [number + 1, sum + score]);
    }
  }
  let entries = [...scores.keys()], isWhole = true;
  const whole = entries.filter(entry => scores.get(entry)[0] === terms.length);
  if (whole.length) entries = whole; else isWhole = terms.length < 2;
  const rank = entry => {
    const [number, sum] = scores.get(entry);
    return number * 100 + sum * (entry.asked[1] === 'withdrawn' ? GONE : 1);
  };
  entries.sort((a, b) => rank(b) - rank(a) || (a.key < b.key ? -1 : 1));
  if (phrases.length && isWhole) {
    if (isLarge()) entries = entries.slice(0, MOST_READ);
    await opened(entries);
    entries = entries.filter(entry => phrases.every(words => hasPhrase(entry, words)));
  }
  return { terms, entries, isWhole };
}

// For words that nothing has: the query with the nearest words of the index in their place, as they are written there.
async function meant(query, terms) {
  let said = query, isOther = false;
  for (const term of terms.filter(({ forms }) => !forms.size)) {
    const plain = term.word.toLowerCase(), most = plain.length > 4 ? 2 : 1;
    if (plain.length < 4) continue;
    let best, near = most + 1;
    for (const each of dictionary) {
      if (plain.length < 8 && each[0].toLowerCase() !== plain[0]) continue;
      const far = distance(plain, each.toLowerCase(), most);
      if (far < near || (far === near && far <= most && POSTS.get(each).length > POSTS.get(best).length)) [best, near] = [each, far];
    }
    if (!best) continue;
    const [entry] = POSTS.get(best)[0];
    await opened([entry]);
    const written = spelled(entry, best), at = tokens(said, STOPS).find(([word]) => word === term.word);
    if (at) [said, isOther] = [said.slice(0, at[1]) + written + said.slice(at[2]), true];
  }
  return isOther ? said : '';
}
function spelled(entry, word) {
  for (const [, text] of entry.texts) {
    const at = tokens(text, STOPS).find(([each]) => each === word);
    if (at) return text.slice(at[1], at[2]);
  }
  return word;
}
