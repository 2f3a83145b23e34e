// All trials as a table: sorted, filtered, searched; why each went as it did, and its configuration.
"use strict";

Page.views.push(store => {
  const card = Page.card("trials", "Trials", true);
  const pageSize = 50;
  const query = { sort: "id", descending: false, state: "all", text: "", page: 0, only: false };
  let open = new Set();

  const value = (trial, key) => {
    if (key === "id" || key === "bracket" || key === "state" || key === "origin") return trial[key];
    if (key[0] === "p") return trial.args[+key.slice(1)];
    const index = store.last(trial);
    if (key[0] === "m") return store.metric(+key.slice(1), index);
    return index < 0 ? null : store.quantity(key)[index];
  };
  const columns = () => [
    ["id", "trial"], ["state", "state"], ["resource", store.study.resource],
    ...store.metrics.map((name, index) => [`m${index}`, name]),
    ...store.parameters.map((parameter, index) => [`p${index}`, parameter.label]),
    ["bracket", "bracket"], ["origin", "origin"],
  ];
  const text = trial => [`trial ${trial.id}`, trial.state, trial.origin, trial.error || "",
    ...store.configuration(trial).map(([parameter, v]) => `${parameter.label}=${Page.shown(v)}`),
    ...store.metrics.map((name, index) => [name, store.metric(index, store.last(trial))])
      .filter(([, v]) => typeof v === "string" || typeof v === "boolean")
      .map(([name, v]) => `${name}=${v}`), store.kept.has(trial.id) ? "kept" : "",
  ].join(" ").toLowerCase();

  const missing = v => v === null || v === undefined || Number.isNaN(v);
  const compare = (a, b) => {
    if (missing(a) || missing(b)) return missing(a) - missing(b);
    const order = typeof a === "number" && typeof b === "number" ? a - b
      : typeof a === typeof b ? String(a).localeCompare(String(b))
        : typeof a < typeof b ? -1 : 1;
    return query.descending ? -order : order;
  };
  // What is found stays as it is until the study or the question changes.
  let kept = { question: null, rows: [] };
  const found = () => {
    const question = JSON.stringify([query.sort, query.descending, query.state, query.text,
      query.only ? [...store.selected] : null]);
    if (kept.question !== question) kept = { question, rows: lookUp() };
    return kept.rows;
  };
  const lookUp = () => {
    const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = store.trials.filter(trial =>
      (query.state === "all" || trial.state === query.state
        || query.state === "front" && store.frontTrials.has(trial.id))
      && (!query.only || store.selected.has(trial.id))
      && (!words.length || words.every(word => text(trial).includes(word))));
    return rows.sort((a, b) => compare(value(a, query.sort), value(b, query.sort)) || a.id - b.id);
  };

  const details = (trial, width) => {
    const list = Page.make("ol", { class: "why" });
    for (const sentence of (trial.why || "").split("\n").filter(Boolean)) {
      list.append(Page.make("li", {}, sentence));
    }
    for (const [resource, message] of trial.failures) {
      list.append(Page.make("li", {}, `an attempt failed at ${store.study.resource} `
        + `${resource} and was repeated: ${message}`));
    }
    if (trial.error) list.append(Page.make("li", { class: "error" }, trial.error));
    const pairs = () => store.configuration(trial);
    const facts = Page.make("dl", { class: "facts" });
    const fact = (name, text) => facts.append(Page.make("dt", {}, name), Page.make("dd", {}, text));
    store.metrics.forEach((name, index) => {
      const v = store.metric(index, store.last(trial));
      if (typeof v === "string" || typeof v === "boolean") fact(name, String(v));
    });
    if (store.kept.has(trial.id)) {
      fact("kept", `at ${store.study.resource} `
        + store.kept.get(trial.id).map(place => Page.number(place[1])).join(", "));
    }
    const none = trial.why === null
      ? Page.make("p", { class: "quiet" }, "The page explains the trials on the front alone, of so many: ",
        Page.make("code", {}, `${store.study.explain} ${trial.id}`)) : null;
    return Page.make("tr", { class: "details" }, Page.make("td", { colspan: width },
      Page.make("div", {}, ...[none].filter(Boolean), list,
        ...[facts.children.length ? facts : null].filter(Boolean),
        Page.make("p", { class: "copies" }, "Copy the configuration as ",
          Page.copyButton("Lua", () => Page.asLua(pairs())),
          Page.copyButton("JSON", () => Page.asJSON(pairs())),
          Page.copyButton("options", () => Page.asOptions(pairs())),
          Page.make("code", {}, Page.asLua(pairs()))),
        ...[Page.control.ofTrial(store, trial)].filter(Boolean))));
  };

  const table = Page.make("table");
  const scroll = Page.make("div", { class: "scroll", tabindex: 0, "aria-label": "table of trials" },
    table);
  const pager = Page.make("div", { class: "pager" });
  card.body.append(scroll, pager);

  let isStale = false;
  const render = () => {
    isStale = false;
    card.say(!store.isThinned ? "" : `The page holds ${Page.number(store.trials.length)} of `
      + `${Page.number(store.trialTotal)} trials: those on the front, those that keep something or run, `
      + "and an even choice of the others.");
    const all = columns(), rows = found();
    const isText = key => key === "state" || key === "origin"
      || key[0] === "m" && !store.hasNumbers[+key.slice(1)] || key[0] === "p"
      && !["int", "real"].includes(store.parameters[+key.slice(1)].kind);
    query.page = Math.max(0, Math.min(query.page, Math.ceil(rows.length / pageSize) - 1));
    const shown = rows.slice(query.page * pageSize, (query.page + 1) * pageSize);
    const question = JSON.stringify([all, query.sort, query.descending, shown.map(({ id }) => id)]);
    if (question === laid.question) { renewRows(shown, all); renderPager(rows.length); return; }
    laid = { question, rows: new Map(shown.map(trial => [trial.id, made(trial, all)])) };
    const head = Page.make("tr");
    for (const [key, name] of all) {
      const isSorted = query.sort === key;
      const sign = isSorted ? query.descending ? " ▾" : " ▴" : "";
      head.append(Page.make("th", { scope: "col", class: isText(key) ? "text" : null,
        "aria-sort": isSorted ? query.descending ? "descending" : "ascending" : null },
        Page.make("button", { type: "button", onclick: () => {
          query.descending = isSorted && !query.descending;
          query.sort = key;
          render();
        } }, name + sign)));
    }
    const body = Page.make("tbody");
    for (const trial of shown) {
      body.append(laid.rows.get(trial.id).row);
      if (open.has(trial.id)) body.append(details(trial, all.length));
    }
    Page.renew(table, [Page.make("thead", {}, head), body]);
    renderPager(rows.length);
  };
  // What is in the table, so that only the rows that changed are made again.
  let laid = { question: null, rows: new Map() };
  const signs = trial => [store.frontTrials.has(trial.id), store.kept.has(trial.id),
    Page.control.isOffered(store)].join();
  const made = (trial, all) => ({ trial, signs: signs(trial), row: row(trial, all) });
  const renewRows = (shown, all) => {
    for (const trial of shown) {
      const old = laid.rows.get(trial.id);
      if (old.trial === trial && old.signs === signs(trial)) continue;
      const next = made(trial, all), below = old.row.nextElementSibling;
      if (below && below.classList.contains("details")) below.remove();
      old.row.replaceWith(next.row);
      laid.rows.set(trial.id, next);
    }
    follow();
  };
  const row = (trial, all) => {
    const { sign, color } = Page.states[trial.state] || Page.states.abandoned;
    const cells = all.map(([key]) => {
      const v = value(trial, key);
      const shown = key[0] === "m" && (v === null || Number.isNaN(v)
        && +key.slice(1) >= store.objectives.length) ? "" : Page.shown(v);
      if (key === "id") {
        return Page.make("td", {}, Page.make("button", { type: "button", class: "open",
          "aria-expanded": String(open.has(trial.id)), title: "why, and the configuration",
          onclick: event => { event.stopPropagation(); toggle(trial.id); } },
          `${open.has(trial.id) ? "▾" : "▸"} ${trial.id}`),
        store.frontTrials.has(trial.id)
          ? Page.make("span", { class: "star", title: "on the front" }, "★") : null,
        store.kept.has(trial.id)
          ? Page.make("span", { class: "star", title: "keeps something, such as a network" }, "▣")
          : null);
      }
      if (key === "state") {
        const mark = Page.make("i", {}, sign);
        mark.style.color = color;
        return Page.make("td", { class: "text" }, mark, ` ${trial.state}`);
      }
      return Page.make("td", { class: typeof v === "number" ? null : "text",
        title: shown.length > 24 ? shown : null }, shown);
    });
    return Page.make("tr", { "data-trial": trial.id,
      class: [store.selected.has(trial.id) ? "selected" : "",
        store.hovered === trial.id ? "hovered" : ""].join(" ").trim() || null,
      onclick: event => store.select([trial.id], event.shiftKey || event.ctrlKey || event.metaKey),
      onpointerenter: () => store.hover(trial.id), onpointerleave: () => store.hover(null),
    }, ...cells);
  };
  const toggle = id => {
    if (open.has(id)) open.delete(id); else open.add(id);
    follow();
  };
  const renderPager = total => {
    const pages = Math.max(1, Math.ceil(total / pageSize));
    const go = step => () => { query.page += step; render(); };
    if (pages === 1) { pager.replaceChildren(Page.count(total, "trial")); return; }
    pager.replaceChildren(
      Page.make("button", { type: "button", disabled: query.page === 0, onclick: go(-1) },
        "‹ back"),
      Page.make("span", {}, total ? `${query.page * pageSize + 1}–`
        + `${Math.min(total, (query.page + 1) * pageSize)} of ${total}` : "no trials"),
      Page.make("button", { type: "button", disabled: query.page >= pages - 1, onclick: go(1) },
        "next ›"));
  };

  // What is found, all pages of it, as CSV (RFC 4180) with all digits.
  const quoted = text => /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  const exact = v => missing(v) ? "" : typeof v === "object" ? JSON.stringify(v) : String(v);
  Page.trialsAsCSV = () => [columns().map(([, name]) => name),
    ...found().map(trial => columns().map(([key]) => exact(value(trial, key))))]
    .map(row => `${row.map(quoted).join(",")}\r\n`).join("");

  const search = Page.make("input", { type: "search", placeholder: "search",
    "aria-label": "search the trials",
    oninput: () => { query.text = search.value; query.page = 0; render(); } });
  card.controls.append(search,
    Page.menu("show", [["all", "all"], ["front", "on the front"],
      ...Object.keys(Page.states).map(state => [state, state])], "all",
    state => { query.state = state; query.page = 0; render(); }),
    Page.checkbox("selected only", false,
      value => { query.only = value; query.page = 0; render(); }),
    Page.make("button", { type: "button", onclick: () => store.select([]) }, "select none"),
    Page.make("button", { type: "button", title: "save these trials as CSV",
      onclick: () => Page.save(`${store.study.name}.csv`, "text/csv", Page.trialsAsCSV()) }, "CSV"));

  // Rows follow what is selected and opened without being made again.
  const follow = () => {
    if (isStale) { render(); return; }
    for (const row of table.querySelectorAll("tr[data-trial]")) {
      const id = +row.dataset.trial, isOpen = open.has(id), below = row.nextElementSibling;
      row.classList.toggle("selected", store.selected.has(id));
      const button = row.querySelector("button.open");
      // What is as it was is not set: the browser would lay the table out again.
      if (button.getAttribute("aria-expanded") !== String(isOpen)) {
        button.setAttribute("aria-expanded", String(isOpen));
        button.textContent = `${isOpen ? "▾" : "▸"} ${id}`;
      }
      const isThere = below !== null && below.classList.contains("details");
      if (isOpen && !isThere) row.after(details(store.trial(id), columns().length));
      if (!isOpen && isThere) below.remove();
    }
  };
  store.events.on("data.trials", () => {
    kept.question = null;
    isStale = true;
    card.whenSeen(() => Page.drawing.add(scroll, function* () {
      yield "frame";
      if (isStale) render();
    }));
  });
  // In a frame of its own: the browser lays the table out again.
  const showSelected = function* () {
    yield "frame";
    // One trial that was selected elsewhere is shown with its reasons.
    if (store.selected.size !== 1 || card.section.contains(document.activeElement)) {
      if (query.only) render(); else follow();
      return;
    }
    const [id] = store.selected, place = found().findIndex(trial => trial.id === id);
    open = new Set([id]);
    const page = place < 0 ? query.page : Math.floor(place / pageSize);
    if (page === query.page && !query.only) follow(); else { query.page = page; render(); }
    yield "frame";
    card.whenSeen(() => {
      const row = table.querySelector(`tr[data-trial="${id}"]`);
      if (row) scroll.scrollTop = row.offsetTop - 60;
    });
  };
  store.events.on("select.trials", () => Page.drawing.add(table, showSelected));
  store.events.on("hover.trials", () => {
    for (const old of table.querySelectorAll("tr.hovered")) old.classList.remove("hovered");
    const row = store.hovered !== null
      && table.querySelector(`tr[data-trial="${store.hovered}"]`);
    if (row) row.classList.add("hovered");
  });
  render();
});
