// The records of a dossier, linked: what dossier/link.py and dossier/origins.py compute, for what a corpus holds.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FAILSAFE_SCHEMA, load } from "js-yaml";
import MarkdownIt from "markdown-it";
import { KIND, WITH, byName, count, date, escape } from "./words.js";

// Files as the program reads them: those of a folder by name, then the folders in it. Values stay text, as there.
function* yamlFiles(folder) {
  const found = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const each of found) if (each.isFile() && each.name.endsWith(".yaml")) yield join(folder, each.name);
  for (const each of found) if (each.isDirectory()) yield* yamlFiles(join(folder, each.name));
}

const COLLECTIONS = ["companies", "agencies", "publishers", "sources", "claims", "responses"];

export function read(root) {
  const records = Object.fromEntries(COLLECTIONS.map((name) => [name, []]));
  let site;
  for (const path of yamlFiles(join(root, "data"))) {
    const parsed = load(readFileSync(path, "utf8"), { schema: FAILSAFE_SCHEMA });
    if (path.endsWith("site.yaml")) {
      site = parsed;
      continue;
    }
    for (const name of COLLECTIONS) {
      for (const record of parsed[name] ?? []) {
        if (COUNTED.has(name)) record.digest = digest(name, record, parsed.about);
        if (parsed.about && !record.company) record.company = parsed.about;
        records[name].push(record);
      }
    }
  }
  return { site, ...records };
}

// What a record says, however it is typed, and the digest of that: dossier/digests.py.

const COUNTED = new Set(["companies", "claims", "responses"]);
const bare = (text) => text.normalize("NFC").trim().split(/\s+/).join(" ");
const sha = (text) => createHash("sha256").update(text).digest("hex");

function said(value) {
  if (typeof value === "string") return JSON.stringify(bare(value));
  if (Array.isArray(value)) return `[${value.map(said).sort().join(",")}]`;
  const keys = Object.keys(value).sort();
  if (keys.length === 1 && keys[0] === "en") return JSON.stringify(bare(value.en));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${said(value[key])}`).join(",")}}`;
}

function digest(collection, { id, ...record }, about) {
  if (about && collection !== "companies") record.company ??= about;
  const keys = Object.keys(record).sort().map((key) => `${key}:${said(record[key])}`);
  return BigInt(`0x${sha([`${collection} ${id}`, ...keys].join("\n")).slice(0, 32)}`);
}

const list = (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

// Markdown with citations, as dossier/prose.py reads it: pieces of markup, each with the citations that follow it.

const GROUP = /\[@([^[\]]{1,400})\]/y;
const FIGURE = /\{([a-z_]{2,40})\}/y;
const BREAK = "\u0000";

const markdown = new MarkdownIt("commonmark", { html: false, maxNesting: 20 });
markdown.enable("table").disable(["image", "html_block", "html_inline", "reference"]);
markdown.inline.ruler.before("link", "citation", (state, silent) => {
  if (state.src.charCodeAt(state.pos) !== 0x5b) return false;
  GROUP.lastIndex = state.pos;
  const match = GROUP.exec(state.src);
  if (!match) return false;
  if (!silent) {
    for (const part of match[1].split(";")) {
      const at = part.indexOf(",");
      const source = (at < 0 ? part : part.slice(0, at)).trim().replace(/^@/, "");
      const token = state.push("citation", "", 0);
      token.meta = { source, locator: at < 0 ? "" : part.slice(at + 1).trim().replace(/\s+/g, " ") };
    }
  }
  state.pos += match[0].length;
  return true;
});
markdown.inline.ruler.before("link", "figure", (state, silent) => {
  if (state.src.charCodeAt(state.pos) !== 0x7b) return false;
  FIGURE.lastIndex = state.pos;
  const match = FIGURE.exec(state.src);
  if (!match) return false;
  if (!silent) state.push("figure", "", 0).meta = { figure: match[1] };
  state.pos += match[0].length;
  return true;
});
markdown.renderer.rules.citation = markdown.renderer.rules.figure = (tokens, index, _options, env) => {
  env.marks.push(tokens[index].meta);
  return BREAK;
};

// Markdown as pieces and marks in turn: [markup, mark, markup, mark, …, markup].
export function prose(text, headingsFrom = 3) {
  // Most prose is one plain sentence, which needs no parser.
  if (/^[A-Za-z][A-Za-z0-9 ,;’“”éèàîôûç-]*\.?$/.test(text)) return [escape(text)];
  const env = { marks: [] };
  const tokens = markdown.parse(text, env);
  for (const token of tokens) {
    if (token.type === "heading_open" || token.type === "heading_close") {
      token.tag = `h${Math.min(+token.tag[1] + headingsFrom - 1, 6)}`;
    }
  }
  const parts = markdown.renderer.render(tokens, markdown.options, env).split(BREAK);
  const found = [];
  parts.forEach((part, index) => {
    const mark = env.marks[index];
    found.push(mark?.source ? part.replace(/[ \n]+$/, "") : part);
    if (mark) found.push({ ...mark, joined: part === "" && index > 0 });
  });
  // One paragraph alone loses its tags.
  const last = found.length - 1;
  if (found[0].startsWith("<p>") && found.filter((part) => typeof part === "string").join("").split("<p>").length === 2) {
    const end = found[last].trimEnd();
    if (end.endsWith("</p>")) {
      found[last] = end.slice(0, -4);
      found[0] = found[0].slice(3);
    }
  }
  return found;
}

export function marksOf(parts) {
  return parts.filter((part) => part.source);
}

export const OWN_WORDS = new Set(["responded", "declined"]);
const FIRST = ["reporting", "record", "statement", "other"];

export class Dossier {
  constructor(root) {
    const given = read(root);
    Object.assign(this, given);
    this.today = new Date(1000 * (process.env.SOURCE_DATE_EPOCH ?? Date.now() / 1000)).toISOString().slice(0, 10);
    this.by = Object.fromEntries(COLLECTIONS.map((name) => [name, new Map(given[name].map((r) => [r.id, r]))]));
    this.publisherByName = new Map(given.publishers.toReversed().map((each) => [each.name, each]));
    this.ends = new Map();
    this.derived = new Map();
    for (const source of given.sources) {
      source.derived_from = list(source.derived_from);
      source.read ??= "whole";
      for (const parent of source.derived_from) {
        if (parent === "unknown") continue;
        if (!this.derived.has(parent)) this.derived.set(parent, []);
        this.derived.get(parent).push(source.id);
      }
    }
    this.claimsOf = new Map(given.companies.map((company) => [company.id, []]));
    this.claimsWith = new Map(given.agencies.map((agency) => [agency.id, []]));
    this.responsesOf = new Map(given.companies.map((company) => [company.id, []]));
    for (const response of given.responses) this.responsesOf.get(response.company).push(response);
    for (const claim of given.claims) {
      claim.reply = list(claim.reply);
      for (const citation of claim.citations) citation.intent ??= "supports";
      claim.supports = claim.citations.filter((citation) => citation.intent === "supports");
      claim.replies = claim.reply.map((id) => this.by.responses.get(id));
      claim.standing = this.standing(claim);
      claim.heading = this.heading(claim);
      claim.isAnswerable = claim.kind !== "profile" || claim.replies.length > 0;
      claim.hasWords = claim.replies.some(({ status }) => OWN_WORDS.has(status));
      this.claimsOf.get(claim.company).push(claim);
      if (claim.counterparty) this.claimsWith.get(claim.counterparty).push(claim);
    }
    this.below = new Map();
    for (const agency of byName(given.agencies)) {
      if (!agency.parent) continue;
      if (!this.below.has(agency.parent)) this.below.set(agency.parent, []);
      this.below.get(agency.parent).push(agency);
    }
    this.backlinks = this.linkBack();
    this.falls = this.allFalls();
  }

  // The version of a company's page: the digests of its records, added up.
  version(company) {
    const mine = [company, ...this.claimsOf.get(company.id), ...this.responsesOf.get(company.id)];
    const total = mine.reduce((sum, record) => sum + record.digest, 0n) % (1n << 128n);
    return sha(`${company.id} ${total.toString(16)}`).slice(0, 10);
  }

  // Publisher and date of each source; where two would be called alike, also on whose page each is.
  toldApart(sources) {
    const names = sources.map((source) => this.dated(source));
    return names.map((name, at) =>
      names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${this.publisherName(sources[at].publisher)})`,
    );
  }

  publisher(name) {
    return this.by.publishers.get(name) ?? this.publisherByName.get(name);
  }

  publisherKey(name) {
    return this.by.publishers.has(name) ? name : (this.publisherByName.get(name)?.id ?? name.toLowerCase());
  }

  publisherName(name) {
    return this.publisher(name)?.name ?? name;
  }

  maker(source) {
    return this.publisherName(source.publisher_of_record ?? source.publisher);
  }

  dated(source) {
    return (source.dated ??= `${this.maker(source)}, ${date(source.issued) || "undated"}`);
  }

  shortName(id) {
    const agency = this.by.agencies.get(id);
    return agency.abbreviation ?? agency.name;
  }

  // Where a reader looks for an agency in a list: with its abbreviation, by which claims name it.
  listedName(id) {
    const { name } = this.by.agencies.get(id);
    const short = this.shortName(id);
    return name.includes(short) || name.endsWith(")") ? name : `${name} (${short})`;
  }

  heading(claim) {
    if (claim.title) return claim.title;
    const agency = claim.counterparty && this.by.agencies.get(claim.counterparty);
    const said = agency ? WITH[claim.kind] + (agency.abbreviation ?? agency.name) : KIND[claim.kind];
    return claim.date ? `${said}, ${date(claim.date)}` : said;
  }

  // Where a source's information first came from. `without` leaves one source out.
  endsOf(id, without) {
    const known = without ? undefined : this.ends.get(id);
    if (known) return known;
    const found = new Set();
    const met = new Set([id]);
    const left = [id];
    while (left.length) {
      const name = left.pop();
      const source = this.by.sources.get(name);
      if (!source || name === without) continue;
      if (source.derived_from.length) {
        for (const parent of source.derived_from) if (!met.has(parent)) left.push(parent);
        for (const parent of source.derived_from) met.add(parent);
      } else {
        found.add(name);
      }
    }
    const ends = [...found].sort();
    if (!without) this.ends.set(id, ends);
    return ends;
  }

  ownerKey(name) {
    let key = this.publisherKey(name);
    const chain = [key];
    for (;;) {
      const owner = this.by.publishers.get(key)?.owner;
      if (!owner) return key;
      key = this.publisherKey(owner);
      if (chain.includes(key)) return chain.slice(chain.indexOf(key)).sort()[0];
      chain.push(key);
    }
  }

  originOf(source) {
    if (source.origin) return source.origin;
    const maker = source.wire ?? source.publisher_of_record ?? source.publisher;
    const key = this.publisherKey(maker);
    const kind = FIRST.includes(source.role) ? source.role : "other";
    return (source.origin = {
      key: kind === "record" ? `${key}/record` : key,
      name: this.publisherName(maker),
      kind,
      owner: this.ownerKey(maker),
    });
  }

  origins(supports, without) {
    const met = new Map();
    for (const { source } of supports) {
      for (const end of this.endsOf(source, without)) {
        const origin = this.originOf(this.by.sources.get(end));
        const before = met.get(origin.key);
        if (!before) {
          met.set(origin.key, { ...origin, through: [source], first: [end] });
        } else {
          before.through.push(source);
          before.first.push(end);
          if (FIRST.indexOf(origin.kind) < FIRST.indexOf(before.kind)) {
            met.set(origin.key, { ...origin, through: before.through, first: before.first });
          }
        }
      }
    }
    if (met.size === 1) {
      const [only] = met.values();
      only.through = [...new Set(only.through)];
      only.first = [...new Set(only.first)];
      return [only];
    }
    const kept = new Map();
    const ranked = [...met.values()].sort((a, b) => FIRST.indexOf(a.kind) - FIRST.indexOf(b.kind));
    for (const origin of ranked) {
      const family = [...kept.values()].find(
        (other) => other.owner === origin.owner && (origin.kind !== "reporting" || other.kind !== origin.kind),
      );
      if (!family || origin.kind === "record") kept.set(origin.key, origin);
      else {
        family.through.push(...origin.through);
        family.first.push(...origin.first);
      }
    }
    const found = [...met.keys()].filter((key) => kept.has(key)).map((key) => kept.get(key));
    for (const origin of found) {
      origin.through = [...new Set(origin.through)];
      origin.first = [...new Set(origin.first)];
    }
    return found;
  }

  isOwnWord(source, company) {
    if (source.role !== "statement") return false;
    const names = [company.name, ...(company.aliases ?? [])];
    for (const entity of company.legal_entities ?? []) {
      if (entity.relation !== "intermediary") names.push(entity.name);
    }
    const maker = source.publisher_of_record ?? source.publisher;
    const said = [maker, this.publisherName(maker)].map((name) => name.toLowerCase());
    return said.some((name) => name === company.id || names.some((own) => own.toLowerCase() === name));
  }

  standing(claim, without) {
    const supports = without ? claim.supports.filter((each) => each.source !== without) : claim.supports;
    const sources = [...new Set(supports.map((each) => each.source))].map((id) => this.by.sources.get(id));
    const origins = this.origins(supports, without);
    const onRecord = sources.some((source) => source.role === "record");
    const disputed = claim.replies.some((reply) => reply.position === "disputes");
    const company = this.by.companies.get(claim.company);
    const accepted =
      claim.mode === "acknowledged" ||
      sources.some((source) => this.isOwnWord(source, company)) ||
      claim.replies.some((reply) => reply.position === "accepts");
    let label = origins.length >= 2 ? "corroborated" : origins.length === 1 ? "reported" : "alleged";
    if (accepted) label = "acknowledged";
    if (onRecord) label = "on-record";
    if (disputed && !onRecord) label = "disputed";
    return { links: sources.length, origins, label, disputedOnRecord: disputed && onRecord };
  }

  counts({ links, origins }) {
    return `${count(links, "link")}, ${origins.length ? count(origins.length, "origin") : "no origin"}`;
  }

  labelCount(claim) {
    return this.counts(claim.standing) + (claim.standing.disputedOnRecord ? ", disputed by the company" : "");
  }

  // For each source, the records that cite it with their quotes: companies first, then claims, then responses.
  linkBack() {
    const found = new Map();
    const note = (source, type, record, quote, intent) => {
      if (!found.has(source)) found.set(source, new Map());
      const records = found.get(source);
      if (!records.has(record.id)) records.set(record.id, { type, record, quotes: new Set(), supports: false });
      const link = records.get(record.id);
      if (quote) link.quotes.add(quote);
      if (intent === "supports") link.supports = true;
    };
    const cite = (type, record, citations) => {
      for (const { source, quote, intent } of citations ?? []) note(source, type, record, quote, intent ?? "supports");
    };
    const mark = (type, record, parts) => {
      for (const { source } of marksOf(parts)) note(source, type, record);
    };
    for (const company of this.companies) {
      company.facts?.forEach((fact) => (fact.prose = prose(fact.text)));
      company.unknownProse = (company.unknown ?? []).map((each) => prose(each));
      company.prose = company.summary ? prose(company.summary) : undefined;
      for (const each of company.nexus ?? []) cite("company", company, each.citations);
      for (const each of company.legal_entities ?? []) cite("company", company, each.citations);
      for (const each of company.facts ?? []) cite("company", company, each.citations);
      for (const each of company.facts ?? []) mark("company", company, each.prose);
      if (company.prose) mark("company", company, company.prose);
      for (const each of company.unknownProse) mark("company", company, each);
    }
    for (const claim of this.claims) {
      cite("claim", claim, claim.citations);
      if (claim.note) mark("claim", claim, (claim.prose = prose(claim.note)));
    }
    for (const response of this.responses) {
      cite("response", response, response.citations);
      if (response.statement) mark("response", response, (response.prose = prose(response.statement)));
    }
    return found;
  }

  allFalls() {
    const fallen = new Map();
    for (const claim of [...this.claims].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const reached = new Set(claim.supports.map((each) => each.source));
      const left = [...reached];
      while (left.length) {
        for (const parent of this.by.sources.get(left.pop()).derived_from) {
          if (reached.has(parent) || !this.by.sources.has(parent)) continue;
          reached.add(parent);
          left.push(parent);
        }
      }
      for (const source of reached) {
        if (!fallen.has(source)) fallen.set(source, []);
        const without = this.standing(claim, source);
        fallen.get(source).push({ claim, without, loses: !without.origins.length && claim.standing.origins.length > 0 });
      }
    }
    return fallen;
  }
}
