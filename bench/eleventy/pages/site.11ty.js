import { frame } from "../frame.js";
import { sitePages } from "../lists.js";
import { dossier } from "../model.js";

const ROOT = process.env.DOSSIER_ROOT;
let pages = [];
let made;

// The pages of this dossier by path; made anew when the dossier was read anew.
function current() {
  if (made !== dossier) {
    made = dossier;
    pages = new Map(sitePages(dossier, ROOT).map((page) => [page.path, page]));
  }
  return pages;
}

export const data = {
  sitePaths: [...current().keys()],
  pagination: { data: "sitePaths", size: 1, alias: "path" },
  permalink: ({ path }) => (path.endsWith(".html") ? path : `${path}index.html`),
  eleventyExcludeFromCollections: true,
};

export function render({ path }) {
  const page = current().get(path);
  const root = path.endsWith(".html") ? dossier.site.base_url : "../".repeat(path.split("/").length - 1);
  const up = path.endsWith(".html") ? root : "../".repeat(Math.max(path.split("/").length - 2, 0));
  return frame(dossier.site, path, { ...page, root, up }, page.main());
}
