// Served by `build.py serve` only. Brings the open page up to date in place, marks what changed, and shows findings.
"use strict";

(() => {
  const own = document.currentScript;
  const whole = "whole" in own.dataset;
  let shown = own.dataset.version;
  let source = null;
  let last = "";

  // Text is only ever set as text: what it quotes was typed by strangers.
  const element = (name, text, ...children) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  };

  const linked = (text, href) => {
    const link = element("a", text);
    link.href = href;
    return link;
  };

  // --- The page in place: two trees compared, and what differs put into the one that is open.

  // The number of a note counts anew with every note before it, and its id with it.
  const name = (node) => (node.id && node.getAttribute("role") !== "doc-noteref" ? node.id : "");
  const alike = (one, other) => one.nodeName === other.nodeName && name(one) === name(other);

  const attributes = (old, fresh, changed) => {
    // What the reader has opened stays open.
    const kept = (name) => name === "open" && old.nodeName === "DETAILS";
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && !kept(name)) old.removeAttribute(name);
    }
    for (const { name, value } of fresh.attributes) {
      if (old.getAttribute(name) === value || kept(name)) continue;
      old.setAttribute(name, value);
      if (name === "src" || name === "alt") changed.add(old);
    }
  };

  // What a script of the page has put beside what was written.
  const isAdded = (node) => node.nodeType === Node.ELEMENT_NODE && "added" in node.dataset;
  const isBlank = (node) => node.nodeType !== Node.ELEMENT_NODE && !node.nodeValue.trim();

  const bring = (old, fresh, changed) => {
    if (old.isEqualNode(fresh)) return;
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (!isBlank(old) || !isBlank(fresh)) changed.add(old.parentElement);
      old.nodeValue = fresh.nodeValue;
      return;
    }
    attributes(old, fresh, changed);
    const before = [...old.childNodes].filter((each) => !isAdded(each));
    const after = [...fresh.childNodes];
    let start = 0;
    while (start < before.length && start < after.length && before[start].isEqualNode(after[start])) start += 1;
    let [left, right] = [before.length, after.length];
    while (left > start && right > start && before[left - 1].isEqualNode(after[right - 1])) [left, right] = [left - 1, right - 1];
    const rest = before.slice(start, left);
    let cursor = before[start] ?? null;
    for (const node of after.slice(start, right)) {
      const found = rest.findIndex((each) => alike(each, node));
      if (found < 0) {
        old.insertBefore(document.adoptNode(node), cursor);
        if (!isBlank(node)) changed.add(node.nodeType === Node.ELEMENT_NODE ? node : old);
        continue;
      }
      const [partner] = rest.splice(found, 1);
      if (partner === cursor) cursor = cursor.nextSibling;
      else old.insertBefore(partner, cursor);
      bring(partner, node, changed);
    }
    for (const node of rest) {
      if (!isBlank(node)) changed.add(node.previousElementSibling ?? node.nextElementSibling ?? old);
      node.remove();
    }
  };

  const restyle = async (fresh) => {
    const sheets = (page) => [...page.head.querySelectorAll("link[rel=stylesheet]")];
    const [old, now] = [sheets(document), sheets(fresh)];
    if (old.map((each) => each.getAttribute("href")).join() === now.map((each) => each.getAttribute("href")).join()) return;
    const loaded = now.map((sheet) => {
      const added = document.importNode(sheet);
      const done = new Promise((go) => ["load", "error"].forEach((name) => added.addEventListener(name, go)));
      own.before(added);
      return done;
    });
    await Promise.race([Promise.all(loaded), new Promise((go) => setTimeout(go, 2000))]);
    for (const sheet of old) sheet.remove();
  };

  // Another page stands here now, or one that scripts have made something else of: only the browser can load that. What
  // copies links marks all that it adds.
  const frame = (page) =>
    [...page.querySelectorAll("link[rel=canonical], meta[http-equiv]")]
      .flatMap((each) => ["href", "http-equiv", "content"].map((name) => each.getAttribute(name)))
      .join("\n");
  const mustReload = (fresh) =>
    [document, fresh].some((page) => page.querySelector(`script[src]:not([data-version], [src*="assets/copy."])`)) ||
    frame(document) !== frame(fresh);

  const inPlace = async () => {
    const answer = await fetch(location.href.split("#")[0], { cache: "no-store" }).catch(() => null);
    if (!answer) {
      last = ""; // the preview has just stopped: it is heard again from the start
      return;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const version = fresh.querySelector("script[data-version]")?.dataset.version;
    if (!answer.ok || !version || mustReload(fresh)) return location.reload();
    await restyle(fresh);
    const changed = new Set();
    document.title = fresh.title;
    bring(document.body, fresh.body, changed);
    shown = version;
    mark([...changed].filter((each) => each.isConnected));
  };

  // --- What changed, marked.

  const isStill = matchMedia("(prefers-reduced-motion: reduce)");

  // What a reader sees as one thing: not a word of a line, not a cell of a row, not what is folded away.
  const lifted = (each) => {
    let found = each;
    while (found !== document.body && /^(inline|contents|table-cell|none)/.test(getComputedStyle(found).display)) {
      found = found.parentElement;
    }
    for (let folded; (folded = found.parentElement?.closest("details:not([open])")); ) {
      if (found.closest("summary")?.parentElement === folded) break;
      found = folded;
    }
    return found;
  };

  // A new source moves the numbers of all notes after it, and every change makes another version: nobody typed those.
  const isNumber = (each) => each.closest("[role=doc-noteref], .version") !== null;

  const mark = (changed) => {
    const blocks = [...new Set(changed.filter((each) => !isNumber(each)).map(lifted))].sort((one, other) =>
      one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    );
    const ofText = blocks.filter((each) => each.closest("main") && !each.closest(".references, nav"));
    const marked = ofText.length ? ofText : blocks.filter((each) => each !== document.body);
    const chief = marked.find((each) => each.matches("[data-claim]")) ??
      marked.find((each) => each.closest("[data-claim]")) ?? marked[0];
    if (!chief) return;
    const box = chief.getBoundingClientRect();
    if (box.bottom < 0 || box.top < 0 || box.top > innerHeight - Math.min(box.height, 80)) {
      const block = box.height > innerHeight * 0.8 ? "start" : "center";
      chief.scrollIntoView({ block, behavior: isStill.matches ? "instant" : "smooth" });
    }
    const edge = { outline: "3px solid #c77700", outlineOffset: "4px" };
    const gone = { outline: "3px solid transparent", outlineOffset: "4px" };
    // No style is set on the page: an animation ends and leaves nothing behind.
    for (const each of [...new Set([chief, ...marked])].slice(0, 12)) {
      for (const running of each.getAnimations().filter(({ id }) => id === "dossier-changed")) running.cancel();
      each.animate(isStill.matches ? [edge, edge] : [edge, edge, gone], { id: "dossier-changed", duration: 2400 });
    }
  };

  // --- Findings, in a panel beside the page.

  const copier = (pre) => {
    const button = element("button", "Copy");
    button.type = "button";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(pre.textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(pre);
        button.textContent = "Selected: copy it with the keyboard";
      }
    });
    return button;
  };

  const block = (text, name = "") => {
    const made = element("pre", text);
    made.className = name;
    made.tabIndex = 0; // a long line scrolls, by keyboard as well
    return made;
  };

  const place = (text, href) => (href ? linked(text, href) : element("code", text));

  const item = ({ severity, code, place: where, link, message, quoted, remedy, paste, also }) => {
    const parts = [element("strong", `${severity} ${code}`.trim()), " ", place(where, link), element("p", message)];
    if (quoted) {
      const margin = `${String(quoted.number).padStart(5)} | `;
      parts.push(block(`${margin}${quoted.text}\n${"| ".padStart(margin.length)}${" ".repeat(quoted.caret)}^`));
    }
    if (remedy) parts.push(element("p", remedy));
    if (paste) {
      const lines = block(paste, "paste");
      parts.push(lines, copier(lines));
    }
    for (const [there, words, href] of also) parts.push(element("p", "also ", place(there, href), `: ${words}`));
    return element("li", "", ...parts);
  };

  const several = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

  // A shadow root keeps the site's own styles out of the panel, and the panel's out of the site. It stands after the
  // page, whose first link is for skipping; F8 leads to it, as to the next problem in many an editor.
  const panel = (() => {
    const host = element("div");
    const root = host.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_dossier/live.css";
    const box = element("section");
    box.id = "findings";
    box.setAttribute("aria-label", "Findings of the preview");
    const bar = element("div");
    bar.className = "bar";
    const count = element("button");
    count.type = "button";
    count.setAttribute("aria-controls", "findings");
    count.setAttribute("aria-keyshortcuts", "F8");
    count.title = "F8";
    const note = element("p");
    note.setAttribute("role", "status");
    bar.append(note, count);
    root.append(style, bar, box);
    document.documentElement.append(host);

    const open = (isOpen) => {
      box.hidden = !isOpen;
      count.setAttribute("aria-expanded", String(isOpen));
    };
    count.addEventListener("click", () => open(box.hidden));
    addEventListener("keydown", (event) => {
      if (event.key === "F8" && !count.hidden) {
        open(true);
        count.focus();
      }
      if (event.key !== "Escape" || box.hidden) return;
      if (root.activeElement) count.focus();
      open(false);
    });

    let was = "";
    open(false);
    count.hidden = true;

    const show = ({ findings, more, warnings, warned }) => {
      const now = JSON.stringify([findings, warnings]);
      if (now === was) return;
      const errors = findings.length + more;
      const mended = was !== "" && JSON.parse(was)[0].length > 0 && errors === 0;
      was = now;
      const heads = [errors && several(errors, "error"), warned && several(warned, "warning")].filter(Boolean);
      count.textContent = heads.join(", ");
      count.hidden = heads.length === 0;
      const close = element("button", "Close");
      close.type = "button";
      close.addEventListener("click", () => {
        open(false);
        count.focus();
      });
      box.replaceChildren(close);
      box.className = errors ? "error" : "warning";
      const list = (found, left, title, words) => {
        if (!found.length) return;
        box.append(element("h2", title), ...(words ? [element("p", words)] : []), element("ol", "", ...found.map(item)));
        if (left > 0) box.append(element("p", `And ${left} more: the terminal shows all.`));
      };
      list(findings, more, several(errors, "error"), "The page shows the last good state.");
      list(warnings, warned - warnings.length, several(warned, "warning"), "");
      open(errors > 0 || (!box.hidden && !mended && warned > 0));
      if (errors) note.replaceChildren();
      else if (mended) note.textContent = "No error any more.";
      box.scrollTop = 0;
    };

    // A page elsewhere: in the same language, if one of them is.
    const elsewhere = (changed) => {
      const code = (path) => /^\/([a-z]{2})\//.exec(path)?.[1] ?? "";
      const found = changed.find(({ href }) => code(href) === code(location.pathname)) ?? changed[0];
      if (!found || found.href.split("#")[0] === location.pathname.replace(/index\.html$/, "")) return;
      note.replaceChildren(`${found.title} changed: `, linked("open", found.href));
    };

    return { show, elsewhere, say: (text) => note.replaceChildren(text) };
  })();

  // --- What the server tells.

  let at = Promise.resolve();
  const heard = (event) => {
    if (event.data === last) return;
    const isFirst = last === "";
    last = event.data;
    const state = JSON.parse(event.data);
    if (whole) {
      if (state.version !== shown || !isFirst) location.reload();
      return;
    }
    panel.show(state);
    // One after the other: a save may come while the page is still being brought up to date.
    at = at.then(async () => {
      if (state.version === shown) return;
      panel.say("");
      await inPlace();
      if (!isFirst && !state.findings.length) panel.elsewhere(state.changed);
    });
    at = at.catch(() => location.reload());
  };

  // A browser keeps few connections to one server: pages nobody looks at give theirs up.
  const listen = () => {
    if (source) source.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource("/_dossier/events");
    let isLost = false;
    source.addEventListener("message", heard);
    source.addEventListener("open", () => {
      if (isLost) panel.say("");
      isLost = false;
    });
    source.addEventListener("error", () => {
      if (!isLost) panel.say("The preview has stopped: this page is not kept up to date.");
      isLost = true;
      if (source?.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    });
  };

  if (whole) for (const pre of document.querySelectorAll("pre.paste")) pre.after(copier(pre));
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source && source.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
