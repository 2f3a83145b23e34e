// Opens the page: from the document in it, or from a server that sends the study and what is new.
"use strict";

(() => {
  const listeners = [];
  // How often the colours have changed.
  Page.theme = 0;
  Page.onTheme = listener => listeners.push(listener);
  const themeChanged = () => {
    Page.colors.clear();
    Page.theme++;
    listeners.forEach(listener => listener());
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", themeChanged);

  Page.speak = text => { document.getElementById("spoken").textContent = text; };
  document.getElementById("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = Page.isDark() ? "light" : "dark";
    themeChanged();
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape" && Page.store) { Page.tip.hide(); Page.store.select([]); }
  });

  let catalog = null;
  const open = data => {
    if (data.catalog) {
      catalog = catalog || Page.catalog();
      catalog.fill(data);
      document.documentElement.dataset.ready = "yes";
      return;
    }
    document.getElementById("views").replaceChildren();
    listeners.length = 0;
    if (data.compare) { Page.compare(data.compare); return; }
    const selected = Page.store ? Page.store.selected : new Set();
    Page.store = new Page.Store(data);
    Page.store.selected = selected;
    for (const view of Page.views) view(Page.store);
    const bar = document.getElementById("selection"), count = Page.make("span");
    bar.replaceChildren(count,
      Page.make("button", { type: "button", onclick: () => Page.store.select([]) }, "clear"));
    const showSelection = () => {
      const ids = [...Page.store.selected];
      bar.hidden = !ids.length;
      count.textContent = ids.length === 1 ? `trial ${ids[0]} selected`
        : `${Page.number(ids.length)} trials selected`;
    };
    Page.store.events.on("select.bar", showSelection);
    showSelection();
    document.title = data.study.name;
    document.documentElement.dataset.ready = "yes";
  };

  const held = document.getElementById("data");
  if (held) { open(JSON.parse(held.textContent)); return; }

  const status = document.getElementById("status");
  const say = text => { status.hidden = !text; status.textContent = text; };
  say("Loading …");
  const source = new EventSource("events");
  // What came while a frame was drawn is shown with the next one.
  let isWaiting = false;
  const changed = () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; Page.store.events.call("data"); });
  };
  source.addEventListener("study", event => { say(""); open(JSON.parse(event.data)); });
  source.addEventListener("more", event => {
    say("");
    if (catalog) { catalog.take(JSON.parse(event.data)); return; }
    if (!Page.store) return;
    Page.store.take(JSON.parse(event.data));
    changed();
  });
  source.addEventListener("problem", event => say(JSON.parse(event.data)));
  source.addEventListener("end", event => { source.close(); say(JSON.parse(event.data)); });
  source.onopen = () => { if (Page.store || catalog) say(""); };
  source.onerror = () => say("The connection to mohpo-lua watch is lost; trying again …");
})();
