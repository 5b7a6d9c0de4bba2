import { sourceMain } from "../source.js";
import { frame } from "../frame.js";
import { dossier } from "../model.js";

export const data = {
  sources: dossier.sources.map(({ id }) => id),
  pagination: { data: "sources", size: 1, alias: "id" },
  permalink: ({ id }) => `sources/${id}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ id }) {
  const record = dossier.by.sources.get(id);
  const told = dossier.dated(record) + (record.read === "none" ? ", original, not read" : "");
  const title = `${record.title} (${told})`;
  const description = `${record.title}. ${dossier.dated(record)}`;
  return frame(dossier.site, `sources/${id}/`, { title, description, section: "sources", root: "../../", up: "../" }, sourceMain(dossier, record));
}
