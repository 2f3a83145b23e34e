// The study in figures: where it stands, what it cost, what failed, how to continue it.
"use strict";

Page.views.push(store => {
  const host = document.getElementById("head");

  // Resource that trials did not use because they were stopped, or still wait.
  const saved = () => {
    if (store.isThinned) return store.study.saved_resource;
    const most = store.study.max_t;
    let sum = 0;
    for (const trial of store.trials) {
      if (trial.state !== "stopped" && trial.state !== "paused") continue;
      const last = store.last(trial);
      sum += Math.max(0, most - (last < 0 ? 0 : store.report.resource.values[last]));
    }
    return sum;
  };
  const counts = () => {
    if (store.isThinned) return new Map(Object.entries(store.study.states));
    const result = new Map();
    for (const trial of store.trials) result.set(trial.state, (result.get(trial.state) || 0) + 1);
    return result;
  };

  const estimate = (elapsed, ended) => {
    const { num_trials: limit, budget, used_resource: used, state } = store.study;
    if (state !== "running" || !Number.isFinite(elapsed)) return null;
    const shares = [];
    if (limit && ended) shares.push(ended / limit);
    if (budget && used) shares.push(used / budget);
    if (!shares.length) return null;
    const share = Math.max(...shares);
    return share < 1 ? elapsed / share - elapsed : 0;
  };

  const facts = () => {
    const study = store.study;
    const states = counts();
    const ended = store.trialTotal - (states.get("running") || 0) - (states.get("paused") || 0);
    const spared = saved();
    const used = study.used_resource;
    const left = estimate(study.seconds, ended);
    const resource = `${study.resource}s`;
    return [
      ["elapsed", Page.duration(study.seconds)],
      left === null ? null : ["about", `${Page.duration(left)} left`],
      ["trials", study.num_trials ? `${store.trialTotal} of ${study.num_trials}`
        : `${store.trialTotal}`],
      ["reports", Page.number(store.total)],
      [store.objectives.length === 1 ? "best reports" : "on the front",
        Page.number(store.front.length)],
      [`${resource} spent`, study.budget ? `${Page.number(used)} of ${Page.number(study.budget)}`
        : Page.number(used)],
      [`${resource} saved`, spared + used > 0
        ? `${Page.number(spared)} (${Math.round(100 * spared / (spared + used))} %)` : "0"],
      study.invalid ? ["not finite", Page.number(study.invalid)] : null,
      study.infeasible ? ["infeasible", Page.number(study.infeasible)] : null,
      ["scheduler", `${study.type}, ÷${study.reduction_factor}`],
      ["seed", study.seed],
    ].filter(Boolean);
  };

  const bar = () => {
    const states = counts();
    const line = Page.make("div", { class: "bar", role: "img",
      "aria-label": [...states].map(([state, number]) => `${number} ${state}`).join(", ") });
    const keys = Page.make("div", { class: "keys" });
    for (const [state, { sign, color }] of Object.entries(Page.states)) {
      const number = states.get(state);
      if (!number) continue;
      const part = Page.make("span");
      part.style.flexGrow = number;
      part.style.background = color;
      line.append(part);
      const button = Page.make("button", { type: "button", title: `select the ${state} trials`,
        onclick: () => store.select(
          store.trials.filter(trial => trial.state === state).map(trial => trial.id)) },
        Page.make("i", {}, sign), `${number} ${state}`);
      button.firstChild.style.color = color;
      keys.append(button);
    }
    return [line, keys];
  };

  const failures = () => {
    const messages = new Map();
    for (const trial of store.trials) {
      if (!trial.error) continue;
      if (!messages.has(trial.error)) messages.set(trial.error, []);
      messages.get(trial.error).push(trial.id);
    }
    if (!messages.size) return null;
    const list = Page.make("ul", { class: "failures" });
    for (const [message, ids] of [...messages].sort((a, b) => b[1].length - a[1].length)
      .slice(0, 20)) {
      list.append(Page.make("li", {},
        Page.make("button", { type: "button", onclick: () => store.select(ids) },
          ids.length === 1 ? `trial ${ids[0]}` : `${ids.length} trials`),
        Page.make("code", {}, message)));
    }
    return Page.make("details", {}, Page.make("summary", {},
      `Failures: ${Page.count([...messages.values()].flat().length, "trial")}`), list);
  };

  const render = () => {
    const study = store.study;
    document.title = `${study.name}: ${study.state}`;
    const figures = Page.make("dl", { class: "figures" });
    for (const [name, text] of facts()) {
      figures.append(Page.make("div", {}, Page.make("dt", {}, name), Page.make("dd", {}, text)));
    }
    const title = Page.make("div", { class: "title" }, Page.make("h1", {}, study.name),
      Page.make("span", { class: `badge ${study.state}` }, study.state),
      study.ended_text ? Page.make("span", { class: "quiet" }, study.ended_text) : null,
      Page.make("span", { class: "quiet" }, study.created
        ? `created ${Page.moment(Date.parse(study.created) / 1000)}` : ""));
    const command = study.resume && study.state !== "running"
      ? Page.make("p", { class: "command" }, "To continue: ", Page.make("code", {}, study.resume),
        Page.copyButton("copy", () => store.study.resume)) : null;
    Page.renew(host, [title, figures, ...bar(), failures(), command,
      Page.control.ofStudy(store)].filter(Boolean));
  };
  store.events.on("data.header", () => Page.drawing.add(host, function* () {
    yield "frame";
    render();
  }));
  render();
});
