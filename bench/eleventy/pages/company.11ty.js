import { companyMain } from "../company.js";
import { frame } from "../frame.js";
import { dossier } from "../model.js";

export const data = {
  companies: dossier.companies.map(({ id }) => id),
  pagination: { data: "companies", size: 1, alias: "id" },
  permalink: ({ id }) => `companies/${id}/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ id }) {
  const record = dossier.by.companies.get(id);
  const title = record.name;
  const description = `What is claimed about ${title}, each claim with its sources, the words they used and the company’s reply.`;
  return frame(dossier.site, `companies/${id}/`, { title, description, section: "companies", root: "../../", up: "../", feed: "" }, companyMain(dossier, record));
}
