// The ways to report a record: dossier/plan/report_links.py, for a dossier whose host nobody knows.

import { createHash } from "node:crypto";

const MOST_QUOTED = 300;

const encode = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`);

// `path` leads from the root to the record, `said` is what it says, `version` the words that tell this wording.
export function report(site, id, path, said, version, heading = "") {
  const voice = heading && `<span class="aside-voice">: ${heading}</span>`;
  const words = said.trim().split(/\s+/).join(" ");
  const quoted = words.length > MOST_QUOTED ? `${words.slice(0, MOST_QUOTED - 1).trimEnd()}…` : words;
  const digest = createHash("sha256").update(version.normalize("NFC").trim().split(/\s+/).join(" ")).digest("hex").slice(0, 12);
  const about = encode(`Record: ${id}\r\nPage: ${site.base_url}${path}\r\nVersion: ${digest}\r\n\r\n> ${quoted}\r\n\r\n`);
  const link = (title, asks, text) => {
    const href = `${site.contact}?subject=${encode(`${title} ${id}`)}&amp;body=${about}${encode(`${asks}\r\n`)}`;
    return `<li><a href="${href}" rel="nofollow">${text}${voice}</a></li>`;
  };
  const error = link("Error in", "What is wrong, and what shows it?", "Report an error");
  const challenge = link("Challenge to", "Why should this not stand as it does, and what shows otherwise?", "Challenge this");
  return `<details class="report"><summary>Edit or report${voice}</summary><ul>${error}${challenge}</ul></details>`;
}
