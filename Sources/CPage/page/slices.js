// Each parameter against an objective, the last report of each trial.
"use strict";

Page.views.push(store => {
  const card = Page.chartCard("slices", "Parameters", true);
  const grid = Page.make("div", { class: "panels small" }), legend = Page.make("p", { class: "key" });
  card.body.append(grid, legend);
  const choice = { metric: 0, log: null };
  let panels = [];
  const most = 24;
  const logBox = Page.checkbox("log", false, value => { choice.log = value; redraw(); });

  // Where the trials stand, worked out when the study, the metric or the frame changes: their places
  // in `xs` and `ys`, and the scales.
  const plans = new Map();
  const plan = (index, frame) => {
    const question = [store.version, choice.metric, choice.log, frame.width, frame.height].join();
    const key = [index, frame.ratio].join();
    const old = plans.get(key);
    if (old && old.question === question) return old;
    const metric = store.values[choice.metric].values;
    const { left, top, right, bottom } = frame.inner();
    const trials = Page.thinned(store.trials, 20000).filter(trial =>
      trial.args[index] !== null && Number.isFinite(metric[store.last(trial)]));
    const axis = Page.parameterAxis(store, index, trials, { range: [left, right] });
    const values = Float64Array.from(trials, trial => metric[store.last(trial)]);
    const log = choice.log === null ? Page.wantsLog(values) : choice.log;
    logBox.querySelector("input").checked = log;
    const y = Page.scale(Page.extent(log ? values.filter(value => value > 0) : values),
      [bottom, top], log);
    const placeY = Page.placing(y);
    const xs = Float32Array.from(trials, axis.place);
    const ys = Float32Array.from(values, value => placeY(value));
    // Those that have a place; a value without a logarithm has none.
    const rows = d3.range(trials.length).filter(row => Number.isFinite(ys[row]));
    const states = Object.keys(Page.states);
    const toneOf = row => Math.max(0, states.indexOf(trials[row].state));
    const finder = new Page.Finder(frame, 14, rows, row => xs[row], row => ys[row]);
    const now = { question, trials, rows, xs, ys, x: axis, y, toneOf, finder,
      palette: states.map(Page.stateColor), toned: Page.byTone(rows, toneOf, states.length) };
    plans.set(key, now);
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
    Page.axes(frame, now.x.scale, now.y, { xName: parameter.label,
      yName: store.metrics[choice.metric], xNames: now.x.names });
  };

  const layout = () => {
    plans.clear();
    grid.replaceChildren();
    panels = [];
    const varying = Page.byImportance(store, Page.varying(store), choice.metric);
    card.say(varying.length > most ? `The first ${most} of ${varying.length} parameters.` : "");
    if (!store.metrics.length) return;
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
  const varyingKey = () => Page.varying(store).join();
  let laid = "";
  const renew = () => {
    const key = varyingKey();
    card.empty(Page.whyEmpty(store) || (key ? "" : "No parameter varies yet."));
    Page.key(legend, { name: "state", trials: store.trials });
    if (key !== laid) { laid = key; layout(); }
    redraw();
  };
  card.controls.append(
    Page.menu("metric", store.metrics.map((name, index) => [String(index), name])
      .filter((_, index) => store.hasNumbers[index]), "0",
    value => { choice.metric = +value; choice.log = null; layout(); redraw(); }), logBox);
  store.events.on("data.slices", renew);
  store.events.on("select.slices", redraw);
  Page.onTheme(redraw);
  renew();
});
