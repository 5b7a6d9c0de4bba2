// The page that is made to be sent to a company: dossier/plan/desk.py and request.py, with their template.

import { labelOf } from "./agency.js";
import { amountLine, claimsInOrder, factsTable, reply, replyLabel } from "./company.js";
import { OWN_WORDS } from "./dossier.js";
import { Notes } from "./notes.js";
import { LABEL, LABEL_SAYS, date, escape, latest } from "./words.js";

const HOW = [
  "Name each claim by its number here or by its permanent link. You may answer one claim or all of them, and more than once.",
  "Your reply will be published in full on your company’s page, in the language in which you write it, with the date on which it arrives. Beside each claim that it answers, in type of the same size, will stand what it says of that claim, with a link to the whole.",
  "If something is wrong, a document or an address that shows it helps us to correct it sooner.",
];
const AFTER = [
  "An editor reads the reply beside the sources of each claim.",
  "What proves wrong is corrected or withdrawn. The change is dated and stays visible.",
  "Labels follow from sources and replies. A claim that you dispute is labelled Disputed; where an official record is cited, it stays On record and your dispute is said beside it. A claim that you confirm is labelled Acknowledged, unless an official record is cited.",
  "If no reply comes, the page says that you were asked, and when. It draws no conclusion from that.",
];

// The day by which an answer was asked for: the next one to come, else the last that went by.
function deadline(dossier, company) {
  const days = dossier.responsesOf.get(company.id).filter(({ status, deadline: day }) => status === "invited" && day);
  if (!days.length) return "No deadline is set; a reply is welcome at any time.";
  const sorted = days.map(({ deadline: day }) => day).sort((a, b) => (latest(a) < latest(b) ? -1 : 1));
  const ahead = sorted.find((day) => latest(day) >= dossier.today);
  return ahead
    ? `${date(ahead)}. A reply that comes later is published all the same.`
    : `${date(sorted.at(-1))}. That day has passed; a reply is welcome at any time.`;
}

// A reply that is on file: in full under the first claim that it answers, and pointed to under the others.
function held(notes, company, response, number, shown) {
  if (!shown.has(response.id)) shown.set(response.id, number);
  const first = shown.get(response.id);
  const isOwn = OWN_WORDS.has(response.status);
  if (isOwn && first === number) return reply(notes, company, response);
  const where = isOwn ? `\n<p class="claim__note"><a href="#claim-${first}">Shown under claim ${first}</a></p>` : "";
  return `<h4>On file as the reply</h4>\n${replyLabel(response)}${where}`;
}

function asked(notes, company, claim, number, shown) {
  const { dossier } = notes;
  const { site } = dossier;
  const { label } = claim.standing;
  const address = `${site.base_url}companies/${company.id}/#${claim.id}`;
  const quotes = notes.quotes(claim.citations);
  const replies = claim.replies.map((each) => `<div class="asked__held">\n${held(notes, company, each, number, shown)}\n</div>\n`);
  const subject = encodeURIComponent(`${company.name}, ${number}: ${claim.id}`);
  const about = site.contact.startsWith("mailto:") && !site.contact.includes("?") ? `?subject=${subject}` : "";
  return `<article class="asked" id="claim-${number}" aria-labelledby="claim-${number}_h">
<h3 id="claim-${number}_h"><span class="asked__number">${number}.</span> ${escape(claim.heading)}</h3>
<p class="label">${labelOf(dossier, claim)}</p>
<p class="claim__statement">${escape(claim.statement)}</p>
${amountLine(claim)}
${quotes}${replies.join("")}<p class="asked__place"><b>${LABEL[label]}.</b> ${LABEL_SAYS[label]}.<br>Permanent link: <a href="../index.html#${claim.id}">${escape(address)}</a></p>
<p class="asked__answer"><a href="${site.contact}${about}">Reply to claim ${number}</a></p>
</article>
`;
}

function others(dossier, claims) {
  const rows = claims.map((claim) =>
    `<tr><th scope="row"><a href="../index.html#${claim.id}">${escape(claim.heading)}</a></th><td>${escape(claim.statement)}</td><td class="rows__label">${labelOf(dossier, claim)}</td></tr>`,
  );
  return `<section class="part" aria-labelledby="others_h">
<h2 id="others_h">Also published about you</h2>
<h3>Claims that call for no reply</h3>
<table class="rows rows--desk">
<caption><span class="aside-voice">Claims that call for no reply</span></caption>
<thead><tr><th scope="col">Claim</th><th scope="col">Wording</th><th scope="col">Label</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>
</section>`;
}

export function deskMain(dossier, company) {
  const notes = new Notes(dossier, "../../../");
  const { site } = dossier;
  const name = escape(company.name);
  const claims = claimsInOrder(dossier.claimsOf.get(company.id));
  const adverse = claims.filter(({ kind }) => kind !== "profile");
  const shown = new Map();
  const articles = adverse.map((claim, index) => asked(notes, company, claim, index + 1, shown)).join("");
  const rest = claims.filter(({ kind }) => kind === "profile");
  const facts = [
    ["To", name],
    ["From", escape(site.publisher)],
    ["Write to", `<a href="${site.contact}">${site.contact.replace("mailto:", "")}</a>`],
    ["Deadline", deadline(dossier, company)],
  ];
  const one = adverse.length
    ? `<p>${name} is one of these companies. Below stand all the claims about it that may count against it, with the words of their sources and what we hold as its reply.</p>\n`
    : "";
  const items = (all) => all.map((each) => `<li>${each}</li>`).join("\n");
  return `<nav class="trail" aria-label="Breadcrumb"><a href="../../index.html">Companies</a> / <a href="../index.html">${name}</a> / Request for comment</nav>
<div class="desk">
<div class="ledger opening">
<div>
<h1>Request for comment: ${name}</h1>
<p class="lede">We publish “${escape(site.title)}”, a public record of what named sources say about companies. Each claim in it shows who makes it and in which words, on how many independent origins it rests, and what the company answers.</p>
${one}<p><strong>Of each claim we ask: Is this right? What would you add?</strong></p>
</div>
<div>
${factsTable(facts, "The request")}
</div>
</div>
<section class="part" aria-labelledby="how_h">
<h2 id="how_h">How to answer</h2>
<ul class="prose">
${items(HOW)}
</ul>
<p class="desk__more"><a href="../../../corrections/index.html">How errors are corrected</a> · <a href="../../../methodology/index.html">How claims are chosen and labelled</a></p>
</section>
<section class="part" aria-labelledby="asked_h">
<h2 id="asked_h">What we ask you about</h2>
${articles || "<p>No claim that is published here calls for a reply.</p>"}</section>
${rest.length ? others(dossier, rest) : ""}
<section class="part" aria-labelledby="after_h">
<h2 id="after_h">What happens with your reply</h2>
<ul class="prose">
${items(AFTER)}
</ul>
</section>
</div>
${notes.references()}`;
}
