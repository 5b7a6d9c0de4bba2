// Words of a text as dossier/searching.py finds them, and what is near a word: its other forms, its slips.
const TOKEN = /([0-9]{1,3}(?:[ .,'’\u00a0\u202f][0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?(?![\p{L}\p{N}])|((?:[A-Z]\.){2,})|([\p{L}\p{N}]+)/gu;
const ACRONYM = /^[A-Z]{2,5}$/, SMALL = /[a-zà-öø-ÿ]/;
const LIGATURES = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };
const MOST_CAPITALS = 12, MOST_OF_BODY = 7, HEAVIEST = 26;

const folded = word => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/[œæßøłđ]/g, c => LIGATURES[c]);

// Each word with where it stands in the text: [word, begin, end]. `stops` are left out.
function tokens(text, stops) {
  const hasSmall = SMALL.test(text) || (text.match(/[A-Z]/g) ?? []).length <= MOST_CAPITALS, found = [];
  for (const { 0: all, 1: whole, 2: part, 3: dotted, 4: word, index } of text.matchAll(TOKEN)) {
    const put = each => found.push([each, index, index + all.length]);
    if (word) {
      if (hasSmall && ACRONYM.test(word)) put(word);
      else if ([...word].length > 1) {
        const plain = folded(word);
        if (!stops.has(plain)) put(plain);
      }
    } else if (dotted) put(dotted.replaceAll('.', ''));
    else {
      const digits = whole.replace(/[^0-9]/g, ''), decimals = (part ?? '').replace(/0+$/, '');
      put(decimals ? `${digits}.${decimals}` : digits);
    }
  }
  return found;
}

// Each word of an entry, and what it weighs there.
function weigh(texts, stops) {
  const head = new Map(), body = new Map();
  texts.forEach(([weight, text], number) => {
    const found = number ? body : head, mine = new Map();
    for (const [word] of tokens(text, stops)) mine.set(word, mine.has(word) ? 2 : 1);
    for (const [word, times] of mine) found.set(word, (found.get(word) ?? 0) + weight * times);
  });
  for (const [word, sum] of body) head.set(word, Math.min((head.get(word) ?? 0) + Math.min(sum, MOST_OF_BODY), HEAVIEST));
  return head;
}

// Stems by language, of words without accents. Feminine participles lose their second e, which hides the first.
const STEMMERS = { en: new EnglishStemmer(), fr: new FrenchStemmer() }, stems = new Map();
function stem(language, word) {
  const key = `${language} ${word}`;
  if (!stems.has(key)) stems.set(key, STEMMERS[language].stemWord(language === 'fr' ? word.replace(/ee(s?)$/, 'e$1') : word));
  return stems.get(key);
}

// Letters to change, leave out, put in or swap between two words; more than `most` is all the same.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

// CRC-32 as zlib has it: in which shard a word or an entry stands.
function shardOf(name, shards) {
  let crc = -1;
  for (const byte of new TextEncoder().encode(name)) {
    crc ^= byte;
    for (let n = 0; n < 8; n++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ((crc ^ -1) >>> 0) % shards;
}
