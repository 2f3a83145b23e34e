// Each parameter against an objective, the last report of each trial.
"use strict";

Page.views.push(store => {
  const card = Page.card("slices", "Parameters", true);
  const grid = Page.make("div", { class: "panels small" });
  card.body.append(grid);
  const choice = { metric: 0, log: null };
  let panels = [];
  const most = 24;

  const draw = index => frame => {
    const parameter = store.parameters[index];
    const metric = store.values[choice.metric].values;
    const { left, top, right, bottom } = frame.inner();
    const rows = Page.thinned(store.trials, 20000).map(trial => ({ trial, last: store.last(trial) }))
      .filter(({ trial, last }) => last >= 0 && Number.isFinite(metric[last])
        && trial.args[index] !== null);
    const isNumber = parameter.kind === "int" || parameter.kind === "real";
    const number = trial => Number(trial.args[index]);
    let x, ticks = null, place;
    if (isNumber) {
      x = Page.scale(Page.extent(rows.map(row => number(row.trial))), [left, right], parameter.log);
      place = trial => x(number(trial));
    } else {
      const names = parameter.choices ? parameter.choices.map(Page.shown)
        : [...new Set(rows.map(row => Page.shown(row.trial.args[index])))];
      const band = d3.scalePoint().domain(names).range([left, right]).padding(0.6);
      x = d3.scaleLinear().domain([0, 1]).range([left, right]);
      ticks = names.map(name => [name, band(name)]);
      const spread = Math.min(14, band.step() / 4 || 14);
      // Equal values side by side, the same at every drawing.
      place = trial => band(Page.shown(trial.args[index]))
        + spread * (2 * ((trial.id * 0.6180339887) % 1) - 1);
    }
    const values = rows.map(row => metric[row.last]);
    const log = choice.log === null ? Page.wantsLog(values) : choice.log;
    const y = Page.scale(Page.extent(log ? values.filter(value => value > 0) : values),
      [bottom, top], log);
    frame.finder = new Page.Finder(14);
    frame.clip(context => {
      const chosen = store.selected;
      for (const lit of [false, true]) {
        for (const { trial, last } of rows) {
          const isLit = chosen.size ? chosen.has(trial.id) : store.frontTrials.has(trial.id);
          if (isLit !== lit) continue;
          const px = place(trial), py = y(metric[last]);
          if (!Number.isFinite(py)) continue;
          frame.finder.add(px, py, last);
          context.globalAlpha = lit ? 1 : chosen.size ? 0.2 : rows.length > 2000 ? 0.25 : 0.5;
          context.fillStyle = Page.stateColor(trial.state);
          context.beginPath();
          context.arc(px, py, lit ? 3.4 : 2.2, 0, 7);
          context.fill();
          if (lit) {
            context.lineWidth = 1;
            context.strokeStyle = Page.color("text");
            context.stroke();
          }
        }
      }
      context.globalAlpha = 1;
    });
    Page.axes(frame, x, y, { xName: parameter.label, yName: store.metrics[choice.metric],
      xTicks: isNumber ? null : [] });
    if (ticks) {
      const room = (right - left) / ticks.length / 7;
      const group = frame.svg.select("g.axes");
      for (const [name, px] of ticks) {
        group.append("text").attr("x", px).attr("y", bottom + 15).attr("text-anchor", "middle")
          .text(name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name)
          .append("title").text(name);
      }
    }
  };

  // What matters most for the metric comes first; for what is no objective, what does for the front.
  const order = places => {
    if (!store.importance) return;
    const [parameters, front, ...objectives] = store.importance;
    const shares = objectives[choice.metric] || front;
    const share = new Map(parameters.map((place, row) => [place, shares[row]]));
    places.sort((a, b) => (share.get(b) || 0) - (share.get(a) || 0) || a - b);
  };

  const layout = () => {
    grid.replaceChildren();
    panels = [];
    if (!store.metrics.length) { card.say("There are no reports yet."); return; }
    const varying = store.parameters.map((_, index) => index).filter(index =>
      new Set(store.trials.map(trial => JSON.stringify(trial.args[index]))).size > 1);
    card.say(varying.length > most ? `The first ${most} of ${varying.length} parameters.`
      : varying.length ? "" : "No parameter varies yet.");
    order(varying);
    panels = varying.slice(0, most).map(index => {
      const frame = Page.frame(grid, {
        height: 210, margin: { left: 62, top: 24, right: 10, bottom: 38 },
        label: `${store.metrics[choice.metric]} over ${store.parameters[index].label}`,
        draw: draw(index),
      });
      frame.area.dataset.parameter = index;
      Page.pointing(frame, store, {
        find: (x, y) => frame.finder ? frame.finder.nearest(x, y) : null,
      });
      return frame;
    });
  };
  const redraw = () => panels.forEach(panel => panel.redraw());
  const varyingKey = () => store.parameters.map((_, index) =>
    store.trials.some(trial => JSON.stringify(trial.args[index])
      !== JSON.stringify(store.trials[0].args[index]))).join();
  let laid = "";
  const renew = () => {
    const key = varyingKey();
    if (key !== laid) { laid = key; layout(); }
    redraw();
  };
  card.controls.append(
    Page.menu("metric", store.metrics.map((name, index) => [String(index), name])
      .filter((_, index) => store.hasNumbers[index]), "0",
    value => { choice.metric = +value; layout(); redraw(); }),
    Page.checkbox("log", false, value => { choice.log = value; redraw(); }));
  store.events.on("data.slices", renew);
  store.events.on("select.slices", redraw);
  Page.onTheme(redraw);
  renew();
});
