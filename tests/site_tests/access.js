// What tests/site_tests/access_checks.py asks of a page that is open. Each function returns complaints.
globalThis.access = (() => {
  const called = e => `<${e.tagName.toLowerCase()}> `
    + (e.getAttribute('aria-label') || e.textContent || e.id).trim().replace(/\s+/g, ' ').slice(0, 60);
  const classed = e => `<${e.tagName.toLowerCase()} class="${e.getAttribute('class') ?? ''}">`;
  const seen = e => e.checkVisibility({visibilityProperty: true});
  // What is cut to nothing on purpose is there to be heard.
  const heard = e => !!e.closest('.aside-voice') || getComputedStyle(e).clipPath !== 'none';
  const few = found => [...new Set(found)].slice(0, 5);

  // What may have the focus, in the order of the document; of radio buttons of one name, one.
  const stops = () => [...document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && seen(e))
    .filter(e => e.tagName !== 'SUMMARY' || e === e.parentElement.querySelector(':scope > summary'))
    .filter(e => {
      if (e.type !== 'radio') return true;
      const group = [...document.getElementsByName(e.name)];
      return group.some(one => one.checked) ? e.checked : group[0] === e;
    });

  // Whether what has the focus shows it and can be seen.
  const shows = e => {
    const style = getComputedStyle(e);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none';
    if (!ring) return `${called(e)} shows no focus`;
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
    const free = [...e.getClientRects()].filter(box => box.width > 1 && box.height > 1).some(box =>
      points.some(([across, down]) => {
        const x = box.left + box.width * across, y = box.top + box.height * down;
        const top = x >= 0 && y >= 0 && x < innerWidth && y < innerHeight && document.elementFromPoint(x, y);
        return top && (e.contains(top) || top.contains(e) || [...e.labels ?? []].some(one => one.contains(top)));
      }));
    return free ? '' : `${called(e)} has the focus and is hidden`;
  };

  // Follow the Tab key from the top; `from` a stop further down, where the key is given the way to there.
  const way = {wanted: [], gone: [], said: []};
  const heed = event => {
    way.gone.push(event.target);
    const complaint = shows(event.target);
    if (complaint) way.said.push(complaint);
  };
  const setOut = from => {
    const all = stops();
    document.removeEventListener('focusin', heed);
    // A browser remembers where the focus was last. Put there, it starts from the top.
    document.body.tabIndex = -1;
    document.body.focus({preventScroll: true});
    document.body.removeAttribute('tabindex');
    scrollTo(0, 0);
    if (from > 0) all[from].focus();
    Object.assign(way, {wanted: all.slice(from > 0 ? from + 1 : 0), gone: [], said: []});
    document.addEventListener('focusin', heed);
    return way.wanted.length;
  };
  const arrived = most => {
    const {wanted, gone, said} = way, due = wanted.slice(0, most);
    // What a script has put anew in its place meanwhile counts by its name.
    const same = (one, other) => one === other || other && !one.isConnected && called(one) === called(other);
    const at = due.findIndex((each, index) => !same(each, gone[index]));
    const stray = at < 0 ? [] : [`stop ${at + 1}: ${gone[at] ? called(gone[at]) : 'nothing'} has the focus, `
      + `not ${called(wanted[at])}`];
    const next = gone[wanted.length];
    const beyond = wanted.length < most && next && next !== stops()[0] ? [`the last stop is a trap: ${called(next)}`] : [];
    return few([...stray, ...beyond, ...said]);
  };

  // Of each kind of stop, the first two and the last: they look and stand alike.
  const hiddenFocus = () => {
    const kinds = Map.groupBy(stops(), e => classed(e) + classed(e.parentElement));
    const some = [...kinds.values()].flatMap(all => [...new Set([all[0], all[1] ?? all[0], all.at(-1)])]);
    return few(some.map(e => {
      e.focus();
      return document.activeElement === e ? shows(e) : `${called(e)} takes no focus`;
    }).filter(Boolean));
  };

  // What follows stands below what went before, or beside it on the right, or at the top of a column further right.
  const disorder = () => {
    const blocks = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      let block = text.parentElement;
      if (!text.data.trim() || block.closest('.skip, svg, select, textarea') || heard(block) || !seen(block)) continue;
      while (/^inline$|^contents$/.test(getComputedStyle(block).display)) block = block.parentElement;
      if (blocks.at(-1) !== block) blocks.push(block);
    }
    const out = [];
    for (let at = 1; at < blocks.length; at++) {
      const [one, other] = [blocks[at - 1], blocks[at]];
      if (one.contains(other) || other.contains(one)) continue;
      const before = one.getBoundingClientRect(), after = other.getBoundingClientRect();
      const above = after.bottom <= before.top + 1 && after.left < before.right - 1;
      const left = after.right <= before.left + 1 && after.bottom < before.bottom - 3;
      if (above || left) out.push(`${called(other)} follows ${called(one)} and stands before it`);
    }
    return few(out);
  };

  // Text that its own box cuts off, or that another text lies upon.
  const cutOff = () => {
    const shown = [...document.querySelectorAll('body *')]
      .filter(e => !e.closest('svg, select') && seen(e) && e.textContent.trim() && !heard(e));
    const cut = shown.filter(e => {
      const style = getComputedStyle(e), clips = overflow => /hidden|clip/.test(overflow);
      return clips(style.overflowX) && e.scrollWidth > e.clientWidth + 1
        || clips(style.overflowY) && e.scrollHeight > e.clientHeight + 1;
    }).map(e => `${called(e)} is cut off`);
    const blocks = shown.filter(e => e.matches('p, li, h1, h2, h3, h4, td, th, dt, dd, summary, figcaption, caption')
      && getComputedStyle(e).display !== 'inline' && getComputedStyle(e).position === 'static'
      && !e.closest('.references, .prose--wide'));
    const upon = blocks.slice(1).filter((other, at) => {
      const one = blocks[at];
      if (one.contains(other) || other.contains(one)) return false;
      const a = one.getBoundingClientRect(), b = other.getBoundingClientRect();
      return Math.min(a.right, b.right) - Math.max(a.left, b.left) > 4
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    }).map(e => `${called(e)} lies upon what stands before it`);
    return few([...cut, ...upon]);
  };

  // What moves though less motion is asked for; view transitions count wherever they are not told to stop.
  const motion = () => {
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) return ['motion is not reduced'];
    const moves = e => {
      const style = getComputedStyle(e);
      return style.animationName !== 'none' || style.scrollBehavior === 'smooth'
        || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0);
    };
    const rules = all => [...all].flatMap(rule => {
      if (rule instanceof CSSViewTransitionRule) return ['a view transition where motion is reduced'];
      if (rule.media && !matchMedia(rule.media.mediaText).matches) return [];
      const within = rule.cssRules ?? rule.styleSheet?.cssRules;
      return within ? rules(within) : [];
    });
    return few([...[...document.querySelectorAll('*')].filter(moves).map(e => `${classed(e)} moves`),
      ...[...document.styleSheets].flatMap(sheet => rules(sheet.cssRules))]);
  };

  // What cannot be told from its ground where readers have chosen the colours. Drawings keep their own colours there,
  // unless these are the reader's; the lines of years are ornament.
  const forced = () => {
    const parts = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const light = colour => {
      const [r, g, b] = parts(colour).map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => {
      const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    const ground = getComputedStyle(document.body).backgroundColor;
    const drawn = colour => /^rgb/.test(colour) && parts(colour)[3] !== 0;
    const clear = colour => /url/.test(colour) || drawn(colour) && contrast(colour, ground) >= 3;
    const shapes = [...document.querySelectorAll('main svg :is(rect, line, path, circle, polygon, text)')]
      .filter(e => seen(e) && !e.closest('defs') && !/__(year|grid)\b/.test(e.getAttribute('class') ?? ''))
      .filter(e => !clear(getComputedStyle(e).fill) && !clear(getComputedStyle(e).stroke));
    const framed = [...document.querySelectorAll('main :is(.label__word, .mark, button, input, select, textarea)')]
      .filter(e => seen(e) && (style => style.appearance !== 'auto'
        && !['Top', 'Right', 'Bottom', 'Left'].some(side => parseFloat(style[`border${side}Width`]) > 0
          && style[`border${side}Style`] !== 'none' && clear(style[`border${side}Color`])))(getComputedStyle(e)));
    const ring = e => (e.focus(), clear(getComputedStyle(e).outlineColor));
    return few([...shapes.map(e => `${classed(e)} cannot be seen`), ...framed.map(e => `${classed(e)} has no edge`),
      ...stops().slice(0, 3).filter(e => !ring(e)).map(e => `the focus on ${called(e)} cannot be seen`)]);
  };

  const spaced = on => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
      word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = on ? [sheet] : [];
  };

  const shift = () => new Promise(resolve => {
    const out = [];
    const observer = new PerformanceObserver(list => out.push(...list.getEntries()));
    observer.observe({type: 'layout-shift', buffered: true});
    const moved = each => `a shift of ${each.value.toFixed(4)}, of `
      + each.sources.map(source => source.node?.className || source.node?.nodeName).join(', ');
    requestAnimationFrame(() => setTimeout(() => resolve(few(out.filter(e => !e.hadRecentInput).map(moved))), 60));
  });

  return {way, setOut, arrived, hiddenFocus, disorder, cutOff, motion, forced, spaced, shift};
})();
