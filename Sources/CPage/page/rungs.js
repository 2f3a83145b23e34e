// What became of the trials that came to each rung, and what that cost.
"use strict";

Page.views.push(store => {
  const card = Page.card("rungs", "Rungs");

  // Trials decided about at a rung, by what became of them there.
  const members = (bracket, level, kind) => store.trials.filter(trial => {
    if (trial.bracket !== bracket) return false;
    const decision = trial.decisions.find(found => found.rung === level);
    if (!decision) return false;
    if (kind === "trials") return true;
    const isPromoted = trial.promotions.some(promotion => promotion.rung === level);
    if (kind === "stopped") return decision.verdict === "stop";
    if (kind === "paused") return decision.verdict === "pause" && !isPromoted;
    return decision.verdict === "continue" || isPromoted;
  }).map(trial => trial.id);

  // The resource that the trials of a bracket used between two levels.
  const spent = (bracket, below, level) => store.trials.reduce((sum, trial) => {
    const last = store.last(trial);
    if (trial.bracket !== bracket || last < 0) return sum;
    const used = store.report.resource.values[last];
    return sum + Math.max(0, Math.min(used, level) - below);
  }, 0);

  // Of a part of the trials it is about as much of all.
  const spentText = (bracket, below, level) => {
    const share = store.trials.length / Math.max(1, store.trialTotal);
    const sum = spent(bracket, below, level) / (share || 1);
    return share < 1 ? `≈ ${Page.number(Math.round(sum))}` : Page.number(sum);
  };

  const render = () => {
    const { brackets, max_t: most, resource } = store.study;
    const head = Page.make("tr", {}, ...[brackets > 1 ? "bracket" : null, resource, "came",
      "stopped", "paused", "continued", "", `${resource}s`]
      .filter(name => name !== null).map(name => Page.make("th", { scope: "col",
      class: name ? null : "share" }, name)));
    const body = Page.make("tbody");
    d3.range(Math.max(1, brackets)).forEach(bracket => {
      let below = 0;
      const rungs = store.rungs.filter(rung => rung[0] === bracket);
      for (const [, level, trials, , stopped, paused, continued] of rungs) {
        const pick = (number, kind) => Page.make("td", {}, number
          ? Page.make("button", { type: "button", class: "number", title: "select these trials",
            onclick: () => store.select(members(bracket, level, kind)) }, String(number)) : "0");
        const share = Page.make("div", { class: "bar small", title: `${continued} continued, `
          + `${paused} paused, ${stopped} stopped` });
        for (const [number, state] of [[continued, "completed"], [paused, "paused"],
          [stopped, "stopped"]]) {
          if (!number) continue;
          const part = Page.make("span");
          part.style.flexGrow = number;
          part.style.background = Page.stateColor(state);
          share.append(part);
        }
        body.append(Page.make("tr", {}, ...[
          brackets > 1 ? Page.make("td", {}, String(bracket)) : null,
          Page.make("td", {}, Page.number(level)), pick(trials, "trials"),
          pick(stopped, "stopped"), pick(paused, "paused"), pick(continued, "continued"),
          Page.make("td", { class: "share" }, share),
          Page.make("td", {}, spentText(bracket, below, level))].filter(Boolean)));
        below = level;
      }
      body.append(Page.make("tr", { class: "last" }, ...[
        brackets > 1 ? Page.make("td", {}, String(bracket)) : null,
        Page.make("td", {}, Page.number(most)), Page.make("td", { colspan: 5, class: "text" },
          "the end"), Page.make("td", {}, spentText(bracket, below, most))]
        .filter(Boolean)));
    });
    Page.renew(card.body, [Page.make("div", { class: "scroll" },
      Page.make("table", {}, Page.make("thead", {}, head), body))]);
  };
  store.events.on("data.rungs", () => card.whenSeen(render));
  render();
});
