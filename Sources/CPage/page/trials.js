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
  const found = () => {
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
      ? Page.make("p", { class: "quiet" }, "Too many trials to hold every explanation here: ",
        Page.make("code", {}, `${store.study.explain} ${trial.id}`)) : null;
    return Page.make("tr", { class: "details" }, Page.make("td", { colspan: width },
      Page.make("div", {}, ...[none].filter(Boolean), list,
        ...[facts.children.length ? facts : null].filter(Boolean),
        Page.make("p", { class: "copies" }, "Copy the configuration as ",
          Page.copyButton("Lua", () => Page.asLua(pairs())),
          Page.copyButton("JSON", () => Page.asJSON(pairs())),
          Page.copyButton("options", () => Page.asOptions(pairs())),
          Page.make("code", {}, Page.asLua(pairs()))))));
  };

  const table = Page.make("table");
  const scroll = Page.make("div", { class: "scroll", tabindex: 0, "aria-label": "table of trials" },
    table);
  const pager = Page.make("div", { class: "pager" });
  card.body.append(scroll, pager);

  const render = () => {
    const all = columns(), rows = found();
    const isText = key => key === "state" || key === "origin"
      || key[0] === "m" && !store.hasNumbers[+key.slice(1)] || key[0] === "p"
      && !["int", "real"].includes(store.parameters[+key.slice(1)].kind);
    query.page = Math.max(0, Math.min(query.page, Math.ceil(rows.length / pageSize) - 1));
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
    for (const trial of rows.slice(query.page * pageSize, (query.page + 1) * pageSize)) {
      body.append(row(trial, all));
      if (open.has(trial.id)) body.append(details(trial, all.length));
    }
    table.replaceChildren(Page.make("thead", {}, head), body);
    renderPager(rows.length);
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
    render();
  };
  const renderPager = total => {
    const pages = Math.max(1, Math.ceil(total / pageSize));
    const go = step => () => { query.page += step; render(); };
    pager.replaceChildren(
      Page.make("button", { type: "button", disabled: query.page === 0, onclick: go(-1) },
        "‹ back"),
      Page.make("span", {}, total ? `${query.page * pageSize + 1}–`
        + `${Math.min(total, (query.page + 1) * pageSize)} of ${total}` : "no trials"),
      Page.make("button", { type: "button", disabled: query.page >= pages - 1, onclick: go(1) },
        "next ›"));
  };

  const search = Page.make("input", { type: "search", placeholder: "search",
    "aria-label": "search the trials",
    oninput: () => { query.text = search.value; query.page = 0; render(); } });
  card.controls.append(search,
    Page.menu("show", [["all", "all"], ["front", "on the front"],
      ...Object.keys(Page.states).map(state => [state, state])], "all",
    state => { query.state = state; query.page = 0; render(); }),
    Page.checkbox("selected only", false,
      value => { query.only = value; query.page = 0; render(); }),
    Page.make("button", { type: "button", onclick: () => store.select([]) }, "select none"));

  store.events.on("data.trials", render);
  store.events.on("select.trials", () => {
    // One trial that was selected elsewhere is shown with its reasons.
    if (store.selected.size === 1 && !card.section.contains(document.activeElement)) {
      const [id] = store.selected;
      open = new Set([id]);
      const place = found().findIndex(trial => trial.id === id);
      if (place >= 0) query.page = Math.floor(place / pageSize);
      render();
      const row = table.querySelector(`tr[data-trial="${id}"]`);
      if (row) scroll.scrollTop = row.offsetTop - 60;
      return;
    }
    render();
  });
  store.events.on("hover.trials", () => {
    for (const old of table.querySelectorAll("tr.hovered")) old.classList.remove("hovered");
    const row = store.hovered !== null
      && table.querySelector(`tr[data-trial="${store.hovered}"]`);
    if (row) row.classList.add("hovered");
  });
  render();
});
