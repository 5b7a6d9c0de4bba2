// Amounts, each with its kind, drawn to one scale a currency: dossier/plan/amounts.py.

import { AMOUNT, AMOUNT_SAYS, AMOUNT_SHAPE, CURRENCY, count, escape, fixed, money, round } from "./words.js";

export const HATCH = `<svg class="hatch" width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch_" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" x2="0" y1="0" y2="5" stroke="currentColor" stroke-width="3"/></pattern></defs></svg>`;
export const KEY = `<ul class="key" aria-label="How amounts are drawn">
${[
  ["ceiling", "Ceiling: the most it may reach, not a payment"],
  ["obligated", "Obligated: committed by the agency"],
  ["current", "Current: with the options taken so far"],
  ["estimate", "Estimate: somebody’s calculation"],
  ["unclear", "Unclear: the source does not say which"],
].map(([kind, says]) => `<li><svg class="bar" aria-hidden="true"><rect class="bar__${kind}" x="1" y="1" width="38" height="13"/></svg> ${says}</li>`).join("\n")}
</ul>
<p class="part__intro">Kinds are never added together. Amounts may overlap: two of them can tell of the same contract.</p>`;

export const sumOf = ({ value, currency, approximate }) => (approximate === "true" ? "about " : "") + money(value, currency);

// Amounts in their order, each with what it is for, as tables: one a currency, that of most amounts first.
export function drawn(rows) {
  const tables = new Map();
  for (const row of rows) {
    const { currency } = row[0];
    if (!tables.has(currency)) tables.set(currency, []);
    tables.get(currency).push(row);
  }
  const order = [...tables].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return order.map(([currency, mine]) => {
    const most = mine.reduce((found, [{ value }]) => (+value > +found ? value : found), "0");
    const scale = Math.max(+most, 1);
    const lines = mine.map(([amount, what]) => {
      const share = +amount.value / scale;
      const says = `${AMOUNT_SHAPE[amount.kind]}, ${Math.max(1, round(share * 100))} hundredths of the scale`;
      const width = `${fixed(Math.max(share * 99, 0.6), 1)}%`;
      return `<tr><th scope="row" class="amounts__sum">${sumOf(amount)}</th><td class="amounts__kind">${AMOUNT[amount.kind]}</td><td class="amounts__bar"><svg class="bar" role="img"><title>${says}</title><rect class="bar__${amount.kind}" x="1" y="1" width="${width}" height="13"/></svg></td><td>${what}</td></tr>`;
    });
    return `<table class="amounts">
<caption>Amounts in ${CURRENCY[currency]}, each with its kind. One scale: the full width is ${money(most, currency)}.</caption>
<thead><tr><th scope="col">Amount</th><th scope="col">Kind</th><th scope="col">Drawn to one scale</th><th scope="col">For what</th></tr></thead>
<tbody>
${lines.join("\n")}
</tbody>
</table>
`;
  }).join("");
}

// An amount for pages of several companies: its claim stands under the company's name.
export const amountOf = (dossier, claim, root) => [
  claim.amount,
  `<a href="${root}companies/${claim.company}/index.html#${claim.id}">${escape(`${dossier.by.companies.get(claim.company).name}: ${claim.heading}`)}</a>`,
];

// How many claims name an amount, by kind and currency, and between which: no sum.
export function moneyTable(dossier) {
  const found = new Map();
  for (const { amount } of dossier.claims) {
    if (!amount) continue;
    const key = `${Object.keys(AMOUNT).indexOf(amount.kind)} ${amount.currency}`;
    const extent = found.get(key) ?? { number: 0, least: amount, most: amount };
    if (+amount.value < +extent.least.value) extent.least = amount;
    if (+amount.value > +extent.most.value) extent.most = amount;
    extent.number += 1;
    found.set(key, extent);
  }
  const rows = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { number: many, least, most }]) => {
    const means = AMOUNT_SAYS[least.kind];
    const extent = many === 1 ? sumOf(most) : `${sumOf(least)} to ${sumOf(most)}`;
    return `<tr><th scope="row">${means[0].toUpperCase()}${means.slice(1)}</th><td>${count(many, "claim")}</td><td>${extent}</td></tr>`;
  });
  return rows.length ? `<table class="facts money">
<caption>Amounts of money, by kind</caption>
<thead class="aside-voice"><tr><th scope="col">Kind</th><th scope="col">Claims</th><th scope="col">Between</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>` : "";
}
