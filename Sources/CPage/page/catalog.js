// All studies of a folder or a database: sorted, searched, as they are now. A link opens each one's page,
// and a few can be ticked to compare them.
"use strict";

Page.catalog = () => {
  const studies = new Map(), picked = new Set();
  const query = { sort: "created", descending: true, text: "", state: "all", page: 0 };
  const pageSize = 100;
  // Beyond so many different objectives they share a column.
  const most = 6;
  let place = "", limit = 5;
  // How many files the server has still to read.
  let left = 0;

  const card = Page.card("catalog", "Studies", true);
  const table = Page.make("table");
  const pager = Page.make("div", { class: "pager" });
  card.body.append(Page.make("div", { class: "scroll tall", tabindex: 0, "aria-label": "table of studies" },
    table), pager);

  const states = ["running", "finished", "interrupted", "abandoned", "unreadable"];
  const goalOf = ([name, goal]) => `${name} ${goal}`;
  // The objectives of all studies, each once; and how many studies have each name.
  let objectives = [], names = new Map();
  const collect = () => {
    names = new Map();
    for (const { name } of studies.values()) names.set(name, (names.get(name) || 0) + 1);
    const all = new Map();
    for (const study of studies.values()) {
      for (const objective of study.objectives) all.set(goalOf(objective), objective);
    }
    objectives = all.size <= most ? [...all.values()] : [];
  };
  const bestOf = (study, objective) => {
    const at = study.objectives.findIndex(own => goalOf(own) === goalOf(objective));
    return at < 0 ? null : study.best[at];
  };
  const allBest = study => study.objectives.map(([name], index) =>
    `${name} ${Page.number(study.best[index])}`).join(", ");

  const columns = () => [
    ["name", "study"], ["state", "state"], ["trials", "trials"], ["reports", "reports"],
    ...objectives.map((objective, index) =>
      [`b${index}`, `best ${objective[0]} ${objective[1] === "MAX" ? "↑" : "↓"}`]),
    ...(objectives.length ? [] : [["best", "best"]]),
    ["created", "created"], ["changed", "last change"], ["size", "size"],
  ];
  const isText = key => ["name", "state", "best", "created", "changed"].includes(key);
  const value = (study, key) => {
    if (key === "best") return allBest(study);
    return /^b\d+$/.test(key) ? bestOf(study, objectives[+key.slice(1)]) : study[key];
  };
  const shown = (study, key) => {
    const now = value(study, key);
    if (now === null || now === undefined) return key[0] === "b" && key !== "best" ? "" : "–";
    if (key === "size") return Page.size(now);
    if (key === "changed") return Page.ago(now);
    if (key === "created") return Page.moment(Date.parse(now) / 1000);
    return Page.shown(now);
  };
  // What the pointer rests on says more.
  const hint = (study, key) => {
    if (key === "changed" && study.changed) return Page.moment(study.changed);
    if (key === "state") return study.problem;
    return key === "name" ? study.place : null;
  };

  // Numbers in names count as numbers; one for all, as to make one takes long. Moments and states are
  // compared as they are.
  const collator = new Intl.Collator(undefined, { numeric: true });
  const missing = now => now === null || now === undefined || Number.isNaN(now);
  const compare = (one, other) => {
    if (missing(one) || missing(other)) return missing(one) - missing(other);
    const isPlain = typeof one === "number" || query.sort === "created" || query.sort === "state";
    const order = isPlain ? one < other ? -1 : Number(one > other)
      : collator.compare(String(one), String(other));
    return query.descending ? -order : order;
  };
  const found = () => {
    const words = query.text.toLowerCase().split(/\s+/).filter(Boolean);
    const text = study => `${study.name} ${study.place} ${study.state} ${allBest(study)}`.toLowerCase();
    return [...studies.values()].filter(study =>
      (query.state === "all" || study.state === query.state)
      && (!words.length || (text => words.every(word => text.includes(word)))(text(study))))
      .map(study => ({ study, now: value(study, query.sort) }))
      // Those of one moment by their names, the later number first.
      .sort((a, b) => compare(a.now, b.now) || collator.compare(b.study.id, a.study.id))
      .map(({ study }) => study);
  };

  const isFull = study => picked.size >= limit && !picked.has(study.id);
  const row = study => {
    const box = Page.make("input", { type: "checkbox", checked: picked.has(study.id),
      disabled: isFull(study) || !study.objectives.length, "aria-label": `compare ${study.id}`,
      onchange: () => {
        if (box.checked) picked.add(study.id); else picked.delete(study.id);
        render();
      } });
    const link = Page.make("a", { href: Page.control.link(
      `studies/${encodeURIComponent(study.id)}/`) }, study.name);
    const file = names.get(study.name) > 1 ? Page.make("span", { class: "quiet" }, ` ${study.id}`) : null;
    const cell = { name: [link, file].filter(Boolean),
      state: [Page.make("span", { class: `badge ${study.state}` }, study.state)] };
    return Page.make("tr", { "data-study": study.id },
      Page.make("td", { class: "pick" }, box),
      ...columns().map(([key]) => Page.make("td", {
        class: isText(key) ? `text ${key}` : key, title: hint(study, key), "data-key": key,
      }, ...(cell[key] || [shown(study, key)]))));
  };

  const head = () => {
    const line = Page.make("tr", {}, Page.make("th", { scope: "col" },
      Page.make("span", { class: "unseen" }, "compare")));
    for (const [key, name] of columns()) {
      const isSorted = query.sort === key;
      const sign = isSorted ? query.descending ? " ▾" : " ▴" : "";
      line.append(Page.make("th", { scope: "col", class: isText(key) ? "text" : null,
        "aria-sort": isSorted ? query.descending ? "descending" : "ascending" : null },
      Page.make("button", { type: "button", onclick: () => {
        query.descending = isSorted ? !query.descending : key === "created" || key === "changed";
        query.sort = key;
        render();
      } }, name + sign)));
    }
    return Page.make("thead", {}, line);
  };

  // Why the studies that are ticked cannot be compared; nothing where they can.
  const obstacle = () => {
    const chosen = [...picked].map(id => studies.get(id));
    if (chosen.length < 2) return `tick two to ${limit} studies to compare them`;
    const goals = study => JSON.stringify(study.objectives);
    const other = chosen.find(study => goals(study) !== goals(chosen[0]));
    return other ? `${other.id} has other objectives than ${chosen[0].id}` : "";
  };
  const compareButton = Page.make("button", { type: "button", class: "main", onclick: () => {
    const names = [...picked].map(id => `study=${encodeURIComponent(id)}`);
    location.href = `compare?${names.join("&")}`;
  } });
  const reason = Page.make("span", { class: "quiet" });
  const renderControls = () => {
    const why = obstacle();
    compareButton.disabled = Boolean(why);
    compareButton.textContent = picked.size ? `Compare ${picked.size}` : "Compare";
    reason.textContent = why && studies.size > 1 ? why : "";
  };

  // What is as it was stays, so that no click is lost.
  let headed = "", paged = "";
  const renderHead = () => {
    const counts = states.map(state =>
      [state, [...studies.values()].filter(study => study.state === state).length])
      .filter(([, count]) => count);
    const question = JSON.stringify([place, studies.size, counts, query.state]);
    if (question === headed) return;
    headed = question;
    document.title = `Studies in ${place}`;
    Page.renew(document.getElementById("head"), [
      Page.make("div", { class: "title" }, Page.make("h1", {}, "Studies"),
        Page.make("span", { class: "quiet" }, `${studies.size} in `, Page.make("code", {}, place)),
        ...counts.map(([state, count]) => Page.make("button", { type: "button",
          class: `badge ${state}`, title: `show the ${state} ones`,
          "aria-pressed": String(query.state === state), onclick: () => {
            query.state = query.state === state ? "all" : state;
            menu.querySelector("select").value = query.state;
            query.page = 0;
            render();
          } }, `${count} ${state}`)))]);
  };

  const renderPager = total => {
    const pages = Math.max(1, Math.ceil(total / pageSize));
    pager.hidden = pages === 1;
    const question = [query.page, total].join();
    if (question === paged) return;
    paged = question;
    const go = step => () => { query.page += step; render(); };
    pager.replaceChildren(
      Page.make("button", { type: "button", disabled: query.page === 0, onclick: go(-1) }, "‹ back"),
      Page.make("span", {}, `${query.page * pageSize + 1}–`
        + `${Math.min(total, (query.page + 1) * pageSize)} of ${total}`),
      Page.make("button", { type: "button", disabled: query.page >= pages - 1, onclick: go(1) },
        "next ›"));
  };

  // What is in the table. A row whose study is as it was is not made again, and of one that changed the
  // cells that did: what the pointer and the keyboard are on stays.
  let laid = { columns: "", question: "", rows: new Map() };
  const signs = study => [picked.has(study.id), isFull(study), names.get(study.name) > 1].join();
  const renewRow = study => {
    const old = laid.rows.get(study.id);
    const now = { study, signs: signs(study), row: old && old.row };
    if (!old) now.row = row(study);
    else if (old.study !== study || old.signs !== now.signs) renewCells(old.row, row(study));
    return now;
  };
  const renewCells = (row, next) => {
    [...next.cells].forEach((cell, index) => {
      const old = row.cells[index];
      if (old.isEqualNode(cell)) return;
      const isFocused = old.contains(document.activeElement);
      old.replaceWith(cell);
      if (isFocused && cell.firstElementChild) cell.firstElementChild.focus({ preventScroll: true });
    });
  };
  const renderTable = shown => {
    const known = JSON.stringify(columns());
    if (laid.columns !== known) laid = { columns: known, question: "", rows: new Map() };
    laid.rows = new Map(shown.map(study => [study.id, renewRow(study)]));
    const question = JSON.stringify([known, query.sort, query.descending, [...laid.rows.keys()]]);
    if (question === laid.question) return;
    laid.question = question;
    const rows = [...laid.rows.values()].map(({ row }) => row);
    Page.renew(table, [head(), Page.make("tbody", {}, ...rows)]);
  };

  const render = () => {
    if (!columns().some(([key]) => key === query.sort)) query.sort = "created";
    const rows = found();
    query.page = Math.max(0, Math.min(query.page, Math.ceil(rows.length / pageSize) - 1));
    renderTable(rows.slice(query.page * pageSize, (query.page + 1) * pageSize));
    renderHead();
    renderControls();
    renderPager(rows.length);
    card.say([
      left ? `${Page.count(left, "file")} ${left === 1 ? "is" : "are"} still to be read.`
        : !studies.size ? "No study is here yet: mohpo-lua SCRIPT makes one." : "",
      studies.size && !rows.length ? "No study is like that." : "",
    ].filter(Boolean).join(" "));
  };

  const search = Page.make("input", { type: "search", placeholder: "search",
    "aria-label": "search the studies",
    oninput: () => { query.text = search.value; query.page = 0; render(); } });
  const menu = Page.menu("show", [["all", "all"], ...states.map(state => [state, state])], "all",
    state => { query.state = state; query.page = 0; render(); });
  card.controls.append(search, menu, compareButton, reason);

  const put = list => {
    for (const study of list) studies.set(study.id, study);
    collect();
  };
  // How long ago something was changes without anything new.
  setInterval(() => {
    for (const cell of table.querySelectorAll("td[data-key=changed]")) {
      const study = studies.get(cell.parentElement.dataset.study);
      if (study) cell.textContent = shown(study, "changed");
    }
  }, 10000);
  return {
    // Takes all that there is; what was ticked stays so.
    fill: data => {
      ({ place, limit } = data.catalog);
      studies.clear();
      left = data.left || 0;
      put(data.studies);
      for (const id of picked) if (!studies.has(id)) picked.delete(id);
      render();
    },
    // Takes what is new.
    take: more => {
      for (const id of more.gone) { studies.delete(id); picked.delete(id); }
      left = more.left || 0;
      put(more.studies);
      // What comes at once is shown at once.
      Page.drawing.add(table, function* () { render(); });
    },
    studies,
  };
};
