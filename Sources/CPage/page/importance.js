// How much each parameter matters for being near the front and for each objective.
"use strict";

Page.views.push(store => {
  const card = Page.card("importance", "Importance of parameters", true);
  const most = 24;
  let sorted = 0;

  const percent = share => share > 0 && share < 0.005 ? "< 1 %" : `${Math.round(100 * share)} %`;

  // Leads to the parameter's slice.
  const show = place => {
    const slice = document.querySelector(`#slices .plot[data-parameter="${place}"]`);
    if (!slice) return;
    slice.scrollIntoView({ block: "center" });
    slice.focus({ preventScroll: true });
  };

  const render = () => {
    if (!store.importance) { card.empty("It is not known of a study that grows so fast."); return; }
    const [places, front, ...objectives] = store.importance;
    // Of one objective the front has nothing more to tell.
    const columns = store.objectives.length === 1 ? [[store.objectives[0].name, objectives[0]]]
      : [["the front", front], ...store.objectives.map((objective, index) =>
        [objective.name, objectives[index]])];
    if (!columns.length) { card.empty("There are no objectives."); return; }
    const isKnown = columns.some(([, shares]) => shares.some(share => share > 0));
    card.empty(!places.length ? "The study has no parameters."
      : isKnown ? "" : "There are too few reports to tell.");
    sorted = Math.min(sorted, columns.length - 1);
    const rows = d3.range(places.length)
      .sort((a, b) => columns[sorted][1][b] - columns[sorted][1][a] || a - b);
    const greatest = d3.max(columns, column => d3.max(column[1])) || 1;
    const head = Page.make("tr", {}, Page.make("th", { scope: "col", class: "text" }, "parameter"),
      ...columns.map(([name], index) => Page.make("th", { scope: "col", class: "text share",
        "aria-sort": index === sorted ? "descending" : null },
      Page.make("button", { type: "button", title: `sort by ${name}`,
        onclick: () => { sorted = index; render(); } }, name + (index === sorted ? " ▾" : "")))));
    const body = Page.make("tbody");
    for (const row of rows.slice(0, most)) {
      const cells = columns.map(([, shares], index) => {
        const bar = Page.make("span", { class: index || columns.length === 1 ? "share" : "share first" });
        bar.style.width = `${Math.round(60 * shares[row] / greatest)}%`;
        return Page.make("td", { class: "text" }, bar, percent(shares[row]));
      });
      const { label } = store.parameters[places[row]];
      body.append(Page.make("tr", {}, Page.make("th", { scope: "row", class: "text" },
        Page.make("button", { type: "button", title: `show ${label} against an objective`,
          onclick: () => show(places[row]) }, label)), ...cells));
    }
    card.body.replaceChildren(Page.make("div", { class: "scroll", tabindex: 0,
      "aria-label": "importance of parameters" },
    Page.make("table", {}, Page.make("thead", {}, head), body)));
    card.say([
      rows.length > most ? `The first ${most} of ${rows.length} parameters.` : "",
      "A parameter's share in whether a trial is among the best tenth (PED-ANOVA).",
    ].filter(Boolean).join(" "));
  };
  store.events.on("data.importance", () => card.whenSeen(render));
  render();
});
