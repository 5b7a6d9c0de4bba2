// The origins of a claim, as "Why?" shows them: dossier/plan/origins.py.

import { escape } from "./words.js";

const KIND = { record: ["official record"], reporting: ["own reporting"], statement: ["statement"], other: [] };
const DEEPEST = 8;
const MOST_STEPS = 40;
const MOST_ABOVE = 200;

const pageOf = (id) => `../../sources/${id}/index.html`;

export function originLines(dossier, standing) {
  return standing.origins.map((origin) => `${line(dossier, origin)}\n`);
}

function line(dossier, origin) {
  const { sources } = dossier.by;
  const below = restsOn(sources, origin);
  const deep = origin.first.filter((end) => below.get(end)?.some((child) => below.has(child)));
  const drawing = new Drawing(dossier, origin, below);
  // One first text that the claim does not cite needs no line of its own: it is what the origin is known by.
  const only = origin.first.length === 1 && !origin.through.includes(origin.first[0]) ? origin.first[0] : "";
  const chains = only && deep.length ? drawing.below(only, 0) : deep.map((end) => drawing.descent(end, 1)).join("");
  const beside = origin.through.filter((id) => !drawing.shown.has(id)).map((id) => drawing.link(id));
  const name = only ? `<a href="${pageOf(only)}">${escape(origin.name)}</a>` : escape(origin.name);
  const said = [...KIND[origin.kind]];
  if (only && sources.get(only).read === "none") said.push("original, not read");
  if (origin.kind === "record" && origin.through.length > 1) said.push("one register is one origin");
  if (origin.first.length > 1) {
    const makers = new Set(origin.first.map((id) => makerOf(dossier, sources.get(id))));
    if (makers.size > 1) said.push(`one owner: ${escape(ownerOf(dossier, [...makers][0]))}`);
  }
  const through = beside.length ? ` <small>through ${beside.join("; ")}</small>` : "";
  return `<li><b>${name}</b>${said.length ? `, ${said.join(" · ")}` : ""}${through}${chains && `<ul>${chains}</ul>`}</li>`;
}

function makerOf(dossier, source) {
  return dossier.publisherKey(source.wire ?? source.publisher_of_record ?? source.publisher);
}

// The name at the end of the chain of owners.
function ownerOf(dossier, name) {
  const met = new Set([name]);
  for (;;) {
    const owner = dossier.publisher(name)?.owner;
    if (!owner) break;
    const key = dossier.publisher(owner)?.id ?? owner;
    if (met.has(key)) break;
    met.add(key);
    name = key;
  }
  return dossier.by.companies.get(name)?.name ?? dossier.publisherName(name);
}

// What rests on what, on all ways from the links of an origin up to its first texts.
function restsOn(sources, origin) {
  const below = new Map();
  for (const link of origin.through) {
    if (origin.first.includes(link)) continue;
    const left = [link];
    const met = new Set(left);
    for (const each of left) {
      if (left.length > MOST_ABOVE) continue;
      for (const parent of sources.get(each).derived_from) {
        if (!sources.has(parent)) continue;
        if (!below.has(parent)) below.set(parent, []);
        const children = below.get(parent);
        if (!children.includes(each)) children.push(each);
        if (!met.has(parent)) {
          met.add(parent);
          left.push(parent);
        }
      }
    }
  }
  return below;
}

// The chains of one origin. Where ways meet again, the source is named again, but not what rests on it.
class Drawing {
  constructor(dossier, origin, below) {
    Object.assign(this, { dossier, origin, children: below, steps: 0, shown: new Set() });
  }

  link(id) {
    return `<a href="${pageOf(id)}">${escape(this.dossier.dated(this.dossier.by.sources.get(id)))}</a>`;
  }

  descent(at, depth) {
    const again = this.shown.has(at);
    this.shown.add(at);
    this.steps += 1;
    const says = this.says(at);
    const more = again ? "" : this.below(at, depth);
    return `<li>${this.link(at)}${says && ` <i>${says}</i>`}${more && `<ul>${more}</ul>`}</li>`;
  }

  below(at, depth) {
    let found = "";
    for (const child of this.children.get(at) ?? []) {
      if (depth === DEEPEST || this.steps >= MOST_STEPS) return `${found}<li>The rest is on the page of each source.</li>`;
      found += this.descent(child, depth + 1);
    }
    return found;
  }

  says(at) {
    if (this.origin.through.includes(at)) return "";
    return this.dossier.by.sources.get(at).read === "none" ? "original, not read" : "not cited here";
  }
}
