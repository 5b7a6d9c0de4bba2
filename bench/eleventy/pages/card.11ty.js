import { cardPage } from "../card.js";
import { dossier } from "../model.js";

export const data = {
  companies: dossier.companies.map(({ id }) => id),
  pagination: { data: "companies", size: 1, alias: "id" },
  permalink: ({ id }) => `companies/${id}/card/index.html`,
  eleventyExcludeFromCollections: true,
};

export function render({ id }) {
  return cardPage(dossier, dossier.by.companies.get(id));
}
