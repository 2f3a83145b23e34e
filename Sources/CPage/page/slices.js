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
    const marks = rows.map(({ trial, last }) => ({ trial, last, px: place(trial), py: y(metric[last]) }))
      .filter(mark => Number.isFinite(mark.py));
    frame.finder = new Page.Finder(frame, 14, marks, mark => mark.px, mark => mark.py);
    const chosen = store.selected;
    const isLit = ({ trial }) =>
      chosen.size ? chosen.has(trial.id) : store.frontTrials.has(trial.id);
    const states = Object.keys(Page.states);
    const isDense = marks.length > 2000;
    const dim = chosen.size ? 0.2 : isDense ? 0.35 : 0.5;
    if (isDense) {
      const all = { placeX: mark => mark.px, placeY: mark => mark.py,
        palette: states.map(Page.stateColor) };
      const tones = own => own.map(mark => states.indexOf(mark.trial.state));
      frame.base([choice], raster =>
        raster.dots({ ...all, marks, tones: tones(marks), opacity: 0.35 }), dim / 0.35);
      const own = marks.filter(isLit);
      if (own.length >= 500) {
        frame.lit(raster => raster.dots({ ...all, marks: own, tones: tones(own), opacity: 1 }));
      }
    }
    frame.clip(context => {
      const dot = (mark, lit) => {
        context.globalAlpha = lit ? 1 : dim;
        context.fillStyle = Page.stateColor(mark.trial.state);
        context.beginPath();
        context.arc(mark.px, mark.py, lit ? 3.4 : 2.2, 0, 7);
        context.fill();
        if (lit) context.stroke();
      };
      context.lineWidth = 1;
      context.strokeStyle = Page.color("text");
      if (!isDense) for (const mark of marks) if (!isLit(mark)) dot(mark, false);
      const lit = marks.filter(isLit);
      if (!isDense || lit.length < 500) for (const mark of lit) dot(mark, true);
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
      varies(index));
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
        read: ({ trial, last }) => ({ trial: trial.id, report: last }),
      });
      return frame;
    });
  };
  const redraw = () => panels.forEach(panel => panel.redraw());
  const varies = index => {
    const first = store.trials.length ? store.trials[0].args[index] : null;
    return store.trials.some(trial => trial.args[index] !== first
      && JSON.stringify(trial.args[index]) !== JSON.stringify(first));
  };
  const varyingKey = () => store.parameters.map((_, index) => varies(index)).join();
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
