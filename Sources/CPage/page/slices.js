// Each parameter against an objective, the last report of each trial.
"use strict";

Page.views.push(store => {
  const card = Page.card("slices", "Parameters", true);
  const grid = Page.make("div", { class: "panels small" });
  card.body.append(grid);
  const choice = { metric: 0, log: null };
  let panels = [];
  const most = 24;

  // Where the trials stand, worked out when the study, the metric or the frame changes: their places
  // in `xs` and `ys`, and the scales.
  const plans = new Map();
  const plan = (index, frame) => {
    const question = [store.version, choice.metric, choice.log, frame.width, frame.height].join();
    const old = plans.get(index);
    if (old && old.question === question) return old;
    const parameter = store.parameters[index];
    const metric = store.values[choice.metric].values;
    const { left, top, right, bottom } = frame.inner();
    const trials = Page.thinned(store.trials, 20000).filter(trial =>
      trial.args[index] !== null && Number.isFinite(metric[store.last(trial)]));
    const isNumber = parameter.kind === "int" || parameter.kind === "real";
    let x, ticks = null, place;
    if (isNumber) {
      const numbers = Float64Array.from(trials, trial => Number(trial.args[index]));
      x = Page.scale(Page.extent(numbers), [left, right], parameter.log);
      const placing = Page.placing(x);
      place = row => placing(numbers[row]);
    } else {
      const names = parameter.choices ? parameter.choices.map(Page.shown)
        : [...new Set(trials.map(trial => Page.shown(trial.args[index])))];
      const band = d3.scalePoint().domain(names).range([left, right]).padding(0.6);
      x = d3.scaleLinear().domain([0, 1]).range([left, right]);
      ticks = names.map(name => [name, band(name)]);
      const spread = Math.min(14, band.step() / 4 || 14);
      // Equal values side by side, the same at every drawing.
      place = row => band(Page.shown(trials[row].args[index]))
        + spread * (2 * ((trials[row].id * 0.6180339887) % 1) - 1);
    }
    const values = Float64Array.from(trials, trial => metric[store.last(trial)]);
    const log = choice.log === null ? Page.wantsLog(values) : choice.log;
    const y = Page.scale(Page.extent(log ? values.filter(value => value > 0) : values),
      [bottom, top], log);
    const placeY = Page.placing(y);
    const xs = Float32Array.from(trials, (_, row) => place(row));
    const ys = Float32Array.from(values, value => placeY(value));
    // Those that have a place; a value without a logarithm has none.
    const rows = d3.range(trials.length).filter(row => Number.isFinite(ys[row]));
    const states = Object.keys(Page.states);
    const toneOf = row => Math.max(0, states.indexOf(trials[row].state));
    const finder = new Page.Finder(frame, 14, rows, row => xs[row], row => ys[row]);
    const now = { question, trials, rows, xs, ys, x, y, ticks, toneOf, finder,
      palette: states.map(Page.stateColor), toned: Page.byTone(rows, toneOf, states.length) };
    plans.set(index, now);
    return now;
  };

  const slices = index => function* (frame) {
    const parameter = store.parameters[index];
    const now = plan(index, frame), { trials, rows, xs, ys, palette } = now;
    yield;
    frame.found = (px, py) => {
      const row = now.finder.nearest(px, py);
      return row === null ? null : trials[row];
    };
    const chosen = store.selected;
    const isLit = row => chosen.size ? chosen.has(trials[row].id) : store.frontTrials.has(trials[row].id);
    const isDense = rows.length > 2000, whole = isDense ? 0.35 : 0.5;
    const common = { placeX: row => xs[row], placeY: row => ys[row], palette };
    const all = yield* frame.layer("all", [choice], raster => isDense
      ? raster.dots({ ...common, ...now.toned, opacity: whole })
      : raster.discs({ ...common, ...now.toned, opacity: whole, radius: 2 }));
    const lit = rows.filter(isLit), bright = Page.byTone(lit, now.toneOf, palette.length);
    const lights = !lit.length ? null : yield* frame.layer("lit", null, raster =>
      lit.length > 2000 ? raster.dots({ ...common, ...bright, opacity: 1 })
        : raster.discs({ ...common, ...bright, opacity: 1, radius: 3, rim: Page.color("text") }));
    frame.clear();
    frame.over(all, chosen.size ? 0.2 / whole : 1);
    if (lights) frame.over(lights, 1);
    drawAxes(frame, now, parameter);
  };

  const drawAxes = (frame, { x, y, ticks }, parameter) => {
    const { left, right, bottom } = frame.inner();
    const isNew = Page.axes(frame, x, y, { xName: parameter.label,
      yName: store.metrics[choice.metric], xTicks: ticks ? [] : null });
    if (!ticks || !isNew) return;
    const room = (right - left) / ticks.length / 7;
    const group = frame.svg.select("g.axes");
    for (const [name, px] of ticks) {
      group.append("text").attr("x", px).attr("y", bottom + 15).attr("text-anchor", "middle")
        .text(name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name)
        .append("title").text(name);
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
    plans.clear();
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
        slices: slices(index),
      });
      frame.area.dataset.parameter = index;
      Page.pointing(frame, store, {
        find: (x, y) => frame.found ? frame.found(x, y) : null,
        read: trial => ({ trial: trial.id, report: store.last(trial) }),
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
