// Served by `build.py serve` only. Reloads the page when the site changes, and shows what keeps it from being built.
"use strict";

(() => {
  const own = document.currentScript.dataset;
  let source = null;
  let panel = null;
  let last = "";

  // Text is only ever set as text: what it quotes was typed by strangers.
  const element = (name, text, ...children) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    made.append(...children);
    return made;
  };

  const quoted = ({ number, text, caret }) => {
    const margin = `${String(number).padStart(5)} | `;
    return element("pre", `${margin}${text}\n${"| ".padStart(margin.length)}${" ".repeat(caret)}^`);
  };

  const item = (finding) => {
    const parts = [
      element("code", finding.place),
      " ",
      element("strong", `${finding.severity} ${finding.code}`.trim()),
      element("p", finding.message),
    ];
    if (finding.quoted) parts.push(quoted(finding.quoted));
    if (finding.remedy) parts.push(element("p", finding.remedy));
    for (const [place, words] of finding.also) parts.push(element("p", `also ${place}: ${words}`));
    return element("li", "", ...parts);
  };

  const hide = () => {
    if (panel) panel.remove();
    panel = null;
  };

  const show = (state) => {
    hide();
    // A shadow root keeps the site's own styles out of the panel, and the panel's out of the site.
    panel = document.createElement("div");
    const root = panel.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/_dossier/live.css";
    const close = element("button", "Show the last good page");
    close.type = "button";
    const dialog = element(
      "dialog",
      "",
      element("h1", "This page is not up to date: the data has errors"),
      element("ol", "", ...state.findings.map(item)),
    );
    if (state.more) dialog.append(element("p", `And ${state.more} more: the terminal shows all.`));
    dialog.append(close);
    close.addEventListener("click", () => dialog.close());
    root.append(style, dialog);
    document.body.append(panel);
    dialog.showModal();
  };

  const heard = (event) => {
    if (event.data === last) return;
    const first = last === "";
    last = event.data;
    const state = JSON.parse(event.data);
    if (state.version !== own.version || ("whole" in own && !first)) location.reload();
    else if ("whole" in own) return;
    else if (state.findings.length) show(state);
    else hide();
  };

  // A browser keeps few connections to one server: pages nobody looks at give theirs up.
  const listen = () => {
    if (source) source.close();
    source = null;
    if (document.hidden) return;
    source = new EventSource("/_dossier/events");
    source.addEventListener("message", heard);
  };

  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source && source.close());
  addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
})();
