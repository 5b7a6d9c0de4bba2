// The words for every value, as dossier/plan/vocabulary.py has them in English, and how dates and money are said.

export const KIND = {
  contract: "Contract",
  order: "Order",
  service: "Service",
  "property-transaction": "Sale of property",
  subcontract: "Subcontract",
  subsidy: "Subsidy",
  profile: "Profile",
  other: "Other matter",
};
export const WITH = {
  contract: "Contract with ",
  order: "Order by ",
  service: "Service to ",
  "property-transaction": "Property and ",
  subcontract: "Subcontract for ",
  subsidy: "Subsidy by ",
  profile: "Profile and ",
  other: "Matter with ",
};
export const MODE = {
  recorded: "Shown by a record",
  reported: "Said by a report",
  alleged: "An allegation",
  acknowledged: "Said by the company",
  denied: "A denial by an agency",
  adjudicated: "Found by a court",
};
export const AMOUNT = {
  obligated: "Obligated",
  current: "Current",
  ceiling: "Ceiling",
  estimate: "Estimate",
  unclear: "Unclear",
};
export const AMOUNT_SAYS = {
  obligated: "obligated: committed by the agency",
  current: "current: with the options taken so far",
  ceiling: "ceiling: the most it may reach, not a payment",
  estimate: "estimate: somebody’s calculation",
  unclear: "kind unclear: the source does not say whether it is a limit or a commitment",
};
export const AMOUNT_SHAPE = {
  obligated: "Solid bar",
  current: "Outline with a pale filling",
  ceiling: "Empty outline",
  estimate: "Hatching without an outline",
  unclear: "Dotted outline",
};
export const CURRENCY = { CAD: "Canadian dollars", USD: "US dollars", EUR: "euros" };
export const LABEL = {
  disputed: "Disputed",
  "on-record": "On record",
  acknowledged: "Acknowledged",
  corroborated: "Corroborated",
  reported: "Reported",
  alleged: "Alleged",
};
export const LABEL_SAYS = {
  disputed: "The company contradicts it, and no official record is cited",
  "on-record": "An official record is cited and was read",
  acknowledged: "The company says so itself",
  corroborated: "Two origins or more",
  reported: "One origin, however many links repeat it",
  alleged: "Someone says so; no origin could be traced",
};
export const REPLY = {
  responded: ["Answered", "answered"],
  declined: ["No comment", "no-comment"],
  "no-response": ["No answer", "no-answer"],
  "none-found": ["None found", "none-found"],
  "not-asked": ["Not asked", "none-found"],
  invited: ["Invited", "none-found"],
};
export const REPLY_SAYS = {
  responded: "What the company says of it is on file, in its words or as relayed",
  declined: "The company was asked and declined, in words on file",
  "no-response": "A source says it asked and had no answer",
  "none-found": "A limit of the search, not a finding about the company",
  "not-asked": "The company was not asked yet; the reason is given",
  invited: "The company was asked and has until the day named to answer",
};
export const REPLY_COUNT = {
  responded: "answered",
  declined: "with “no comment”",
  "no-response": "where a source had no answer",
  "none-found": "where none was found",
  invited: "where an answer is awaited",
  "not-asked": "not asked about yet",
  "none-owed": "that call for none",
};
export const POSITION = {
  disputes: "disputes",
  accepts: "accepts",
  partly: "accepts part",
  "no-comment": "no comment",
  corrects: "corrects",
};
export const ROLE = {
  record: "Official record",
  reporting: "Reporting",
  statement: "Statement",
  summary: "Summary of others’ reporting",
  commentary: "Commentary",
  advocacy: "Advocacy",
};
export const READ = {
  whole: "Whole text read",
  excerpt: "Part of the text read",
  none: "Not read: known through others",
};
export const STATE = { dead: "Gone from the web", paywalled: "Behind a paywall" };
export const NEXUS = {
  headquartered: "Headquartered in ",
  incorporated: "Incorporated in ",
  controlled: "Controlled from ",
  listed: "Listed in ",
  founded: "Founded in ",
};
export const RELATION = {
  "registered-name": "Registered name",
  "named-in-contract": "Named in a contract",
  parent: "Parent",
  subsidiary: "Subsidiary",
};
export const REGION = {
  AB: "Alberta",
  BC: "British Columbia",
  MB: "Manitoba",
  NB: "New Brunswick",
  NL: "Newfoundland and Labrador",
  NS: "Nova Scotia",
  NT: "Northwest Territories",
  NU: "Nunavut",
  ON: "Ontario",
  PE: "Prince Edward Island",
  QC: "Quebec",
  SK: "Saskatchewan",
  YT: "Yukon",
};
export const COUNTRY = { CA: "Canada" };
export const LANGUAGE = { en: "English", fr: "French" };
const MONTHS = (
  "January February March April May June July August September October November December"
).split(" ");

const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escape(text) {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (found) => ESCAPED[found]) : text;
}

export function number(value) {
  return value < 1000 ? `${value}` : `${value}`.replace(/\B(?=(\d{3})+$)/g, ",");
}

export function count(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}

export function date(when) {
  if (!when) return "";
  const [year, month, day] = when.split("-");
  if (!month) return year;
  const name = MONTHS[month - 1];
  return day ? `${+day} ${name} ${year}` : `${name} ${year}`;
}

// The first and last day of a date, as text that sorts.
export function earliest(when) {
  return when.length === 4 ? `${when}-01-01` : when.length === 7 ? `${when}-01` : when;
}

export function latest(when) {
  return when.length === 4 ? `${when}-12-31` : when.length === 7 ? `${when}-31` : when;
}

export function money(value, currency) {
  const [whole, cents] = value.split(".");
  const digits = number(whole) + (cents && +cents ? `.${cents.padEnd(2, "0")}` : "");
  return { CAD: "C$", USD: "US$", EUR: "€" }[currency] + digits;
}

// As Python formats: a number half-way between two goes to the even one.
export function fixed(value, places) {
  const scale = 10 ** places;
  const scaled = value * scale;
  const floor = Math.floor(scaled);
  if (scaled - floor === 0.5 && scaled / scale === value) {
    return ((floor % 2 ? floor + 1 : floor) / scale).toFixed(places);
  }
  return value.toFixed(places);
}

export function round(value) {
  const floor = Math.floor(value);
  return value - floor === 0.5 ? floor + (floor % 2) : Math.round(value);
}

export function listed(items) {
  if (items.length < 3) return items.join(" and ");
  return `${items.slice(0, -1).join(", ")}, and ${items[items.length - 1]}`;
}

export function quoted(words, language) {
  words = words.trim();
  for (const [left, right] of ["“”", "«»"]) {
    if (words.length > 2 && words.startsWith(left) && words.endsWith(right) && !words.includes(left, 1)) {
      words = words.slice(1, -1).trim();
    }
  }
  return language.startsWith("fr") ? `«\u00a0${words}\u00a0»` : `“${words}”`;
}

export function textFragment(url, words) {
  const all = words.trim().split(/\s+/);
  const encoded = (some) => encodeURIComponent(some.join(" ")).replace(
    /[!'()*-]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const isShort = all.length <= 8 && words.length <= 300;
  const found = isShort ? encoded(all) : `${encoded(all.slice(0, 4))},${encoded(all.slice(-4))}`;
  return `${url}${url.includes("#") ? "" : "#"}:~:text=${found}`;
}

export const sortKey = (name) => name.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");

// What an alphabetical list is sorted by: names without accents, then ids.
export function byName(records) {
  const keyed = records.map((record) => [sortKey(record.name), record]);
  keyed.sort(([a, first], [b, second]) => (a === b ? (first.id < second.id ? -1 : 1) : a < b ? -1 : 1));
  return keyed.map(([, record]) => record);
}
