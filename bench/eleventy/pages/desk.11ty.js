import { deskMain } from "../desk.js";
import { frame } from "../frame.js";
import { dossier } from "../model.js";

export const data = {
  companies: dossier.companies.map(({ id }) => id),
  pagination: { data: "companies", size: 1, alias: "id" },
  permalink: ({ id }) => `companies/${id}/reply/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ id }) {
  const record = dossier.by.companies.get(id);
  const title = `Request for comment: ${record.name}`;
  const description = `What is claimed about ${record.name}, put to the company for its answer.`;
  const about = { title, description, section: "companies", root: "../../../", up: "../../", desk: true };
  return frame(dossier.site, `companies/${id}/reply/`, about, deskMain(dossier, record));
}
