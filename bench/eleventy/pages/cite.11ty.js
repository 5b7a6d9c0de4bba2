import { citeMain } from "../cite.js";
import { frame } from "../frame.js";
import { dossier } from "../model.js";

export const data = {
  companies: dossier.companies.map(({ id }) => id),
  pagination: { data: "companies", size: 1, alias: "id" },
  permalink: ({ id }) => `companies/${id}/cite/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ id }) {
  const record = dossier.by.companies.get(id);
  const title = `Cite, embed or correct: ${record.name}`;
  const about = { title, description: "", section: "companies", root: "../../../", up: "../../", desk: true };
  return frame(dossier.site, `companies/${id}/cite/`, about, citeMain(dossier, record));
}
