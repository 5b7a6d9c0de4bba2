import { agencyMain } from "../agency.js";
import { frame } from "../frame.js";
import { dossier } from "../model.js";

export const data = {
  agencies: dossier.agencies.map(({ id }) => id),
  pagination: { data: "agencies", size: 1, alias: "id" },
  permalink: ({ id }) => `agencies/${id}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ id }) {
  const record = dossier.by.agencies.get(id);
  const title = record.name;
  const description = `Claims, events and demands that name ${title}.`;
  return frame(dossier.site, `agencies/${id}/`, { title, description, section: "agencies", root: "../../", up: "../", feed: "" }, agencyMain(dossier, record));
}
