// A draft as YAML in the layout of the dossier: texts, lists of records, records. Keys come in the order of the draft.
const PLAIN = /^[\p{L}\p{N}(](?:[\p{L}\p{N}\p{M} .,;()!?'’“”«»$€£%/+_@&=…–—-]|:(?! |$))*$/u;
const PLAIN_IN_BRACKETS = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M} .()'’$/_+–-])*$/u;
const EMPTY = /^(?:~|null|Null|NULL)$/;
const WIDTH = 118;

const escaped = character => {
  const code = character.codePointAt(0);
  if (character === '\n') return '\\n';
  if (code > 0xffff) return '\\U' + code.toString(16).padStart(8, '0');
  return '\\u' + code.toString(16).padStart(4, '0');
};
const quoted = text => `"${text.replace(/["\\]/g, '\\$&').replace(HIDDEN, escaped).replace(/\n/g, escaped)}"`;
const short = (text, plain) => plain.test(text) && !EMPTY.test(text) && text === text.trim() ? text : quoted(text);

function folded(text, indent) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1];
    if (last && indent.length + last.length + word.length + 1 > WIDTH) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return ` >-\n${lines.map(line => indent + line).join('\n')}`;
}

// A text after its key. Long ones are blocks, which need no quotes; what a block cannot hold is quoted.
function scalar(text, indent) {
  const strange = text.search(HIDDEN) >= 0 || / {2}|^\s|\s$|\s\n|\n\s*\n\s/.test(text);
  if (text.includes('\n') && !strange) {
    return ` |-\n${text.split('\n').map(line => line && indent + line).join('\n')}`;
  }
  const one = short(text, PLAIN);
  return one.length + indent.length > WIDTH - 20 && !strange && text.includes(' ') ? folded(text, indent) : ` ${one}`;
}

function inBrackets(value) {
  const entries = Object.entries(value);
  if (!entries.every(([, each]) => typeof each === 'string' && !each.includes('\n'))) return '';
  const inner = entries.map(([key, each]) => {
    const said = short(each, PLAIN_IN_BRACKETS);
    return Array.isArray(value) ? said : `${key}: ${said}`;
  }).join(', ');
  return inner.length > 76 ? '' : Array.isArray(value) ? ` [${inner}]` : ` {${inner}}`;
}

function after(value, indent) {
  if (typeof value === 'string') return scalar(value, `${indent}  `);
  const line = inBrackets(value);
  if (line) return line;
  if (!Array.isArray(value)) return `\n${record(value, `${indent}  `)}`;
  return '\n' + value.map(each => typeof each === 'string'
    ? `${indent}  -${scalar(each, `${indent}    `)}`
    : record(each, `${indent}    `).replace(/^ +/, `${indent}  - `)).join('\n');
}

const record = (value, indent) => Object.entries(value).map(
  ([key, each]) => `${indent}${key}:${after(each, indent)}`).join('\n');

const yaml = draft => Object.entries(draft).map(
  ([collection, records]) => `${collection}:\n` + records.map(
    each => record(each, '    ').replace(/^ +/, '  - ')).join('\n\n')).join('\n\n') + '\n';
