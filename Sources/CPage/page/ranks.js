// Parameters against each other, coloured by how good each trial is among all: by its rank in a metric.
"use strict";

Page.views.push(store => {
  const card = Page.chartCard("ranks", "Ranks", true);
  const grid = Page.make("div", { class: "panels small" }), legend = Page.make("p", { class: "key" });
  card.body.append(grid, legend);
  const choice = { metric: 0, count: 4 };
  // So many parameters can be shown, and so many trials are drawn.
  const most = 6, limit = 20000, tones = 32;
  const isMax = () => (store.objectives[choice.metric] || { goal: "MAX" }).goal === "MAX";

  // The trials with a value, the best last; and by trial its tone, from 0 for the worst. Equal values
  // share a rank.
  let ranked = { question: null, trials: [], toneOf: new Map() };
  const rank = () => {
    const question = [store.version, choice.metric].join();
    if (ranked.question === question) return ranked;
    const metric = store.metrics.length ? store.values[choice.metric].values : [];
    const sign = isMax() ? 1 : -1;
    const rows = store.trials.map(trial => ({ trial, value: sign * metric[store.last(trial)] }))
      .filter(({ value }) => Number.isFinite(value)).sort((a, b) => a.value - b.value);
    const toneOf = new Map();
    for (let first = 0, end = 0; first < rows.length; first = end) {
      while (end < rows.length && rows[end].value === rows[first].value) end++;
      const share = rows.length > 1 ? (first + end - 1) / 2 / (rows.length - 1) : 1;
      const tone = Math.min(tones - 1, Math.floor(tones * share));
      for (let row = first; row < end; row++) toneOf.set(rows[row].trial, tone);
    }
    const ends = rows.length ? [rows[0], rows[rows.length - 1]].map(({ value }) => sign * value) : null;
    ranked = { question, trials: rows.map(({ trial }) => trial), toneOf, ends };
    return ranked;
  };

  // Where the trials of a panel stand, worked out when the study, the metric or the frame change.
  const plans = new Map();
  const plan = ([one, other], frame) => {
    const { trials: all, toneOf } = rank(), key = [one, other, frame.ratio].join();
    const question = [ranked.question, frame.width, frame.height].join();
    const old = plans.get(key);
    if (old && old.question === question) return old;
    const { left, top, right, bottom } = frame.inner();
    const trials = Page.thinned(all.filter(({ args }) => args[one] !== null && args[other] !== null), limit);
    const x = Page.parameterAxis(store, one, trials, { range: [left, right] });
    const y = Page.parameterAxis(store, other, trials, { range: [bottom, top], turn: 0.7548776662 });
    const xs = Float32Array.from(trials, x.place), ys = Float32Array.from(trials, y.place);
    const rows = d3.range(trials.length), tone = row => toneOf.get(trials[row]);
    const now = { question, trials, rows, xs, ys, x, y, tone, toned: Page.byTone(rows, tone, tones),
      finder: new Page.Finder(frame, 14, rows, row => xs[row], row => ys[row]) };
    plans.set(key, now);
    return now;
  };

  const slices = pair => function* (frame) {
    const { trials, rows, xs, ys, x, y, tone, toned, finder } = plan(pair, frame);
    yield;
    frame.found = (px, py) => {
      const row = finder.nearest(px, py);
      return row === null ? null : trials[row];
    };
    const chosen = store.selected, palette = Page.shades();
    const isLit = row => chosen.size ? chosen.has(trials[row].id) : store.frontTrials.has(trials[row].id);
    const isDense = rows.length > 2000, whole = isDense ? 0.6 : 0.8;
    const common = { placeX: row => xs[row], placeY: row => ys[row], palette };
    const marks = raster => isDense ? raster.dots({ ...common, ...toned, opacity: whole })
      : raster.discs({ ...common, ...toned, opacity: whole, radius: 2.6 });
    const all = yield* frame.layer("all", [choice.metric], marks);
    const bright = Page.byTone(rows.filter(isLit), tone, tones);
    const lights = !bright.marks.length ? null : yield* frame.layer("lit", null, raster =>
      bright.marks.length > 2000 ? raster.dots({ ...common, ...bright, opacity: 1 })
        : raster.discs({ ...common, ...bright, opacity: 1, radius: 3.2, rim: Page.color("text") }));
    frame.clear();
    frame.over(all, chosen.size ? 0.2 / whole : 1);
    if (lights) frame.over(lights, 1);
    const [xName, yName] = pair.map(place => store.parameters[place].label);
    Page.axes(frame, x.scale, y.scale, { xName, yName, xNames: x.names, yNames: y.names });
  };

  const showKey = () => {
    const { ends } = rank();
    if (!ends) { legend.replaceChildren(); return; }
    const isGoal = choice.metric < store.objectives.length;
    const [low, high] = isGoal ? ["worst", "best"] : ["least", "greatest"];
    legend.replaceChildren(Page.make("span", {}, `rank in ${store.metrics[choice.metric]}`),
      Page.ramp(`${low} ${Page.number(ends[0])}`, `${high} ${Page.number(ends[1])}`));
  };

  // The parameters that are shown. They are chosen again when the study has twice as many trials, so that
  // panels do not jump while it grows.
  let shown = [], panels = [], chosenAt = 0, laid = "";
  const choose = () => {
    const varying = Page.varying(store), count = Math.min(choice.count, varying.length);
    const isKept = shown.length === count && shown.every(place => varying.includes(place))
      && store.trials.length < 2 * chosenAt;
    if (!isKept) {
      shown = Page.byImportance(store, varying, choice.metric).slice(0, count);
      chosenAt = store.trials.length;
    }
    card.empty(Page.whyEmpty(store) || (varying.length < 2 ? "There are no two parameters that vary."
      : rank().trials.length ? "" : `No trial has a number as its last ${store.metrics[choice.metric]}.`));
    card.say(varying.length > count ? `The ${count} of ${varying.length} parameters that matter most.` : "");
    menus(varying.length);
  };
  const layout = () => {
    laid = JSON.stringify(shown);
    plans.clear();
    grid.replaceChildren();
    const pairs = shown.flatMap((one, index) => shown.slice(index + 1).map(other => [one, other]));
    panels = (store.metrics.length ? pairs : []).map(pair => {
      const [one, other] = pair.map(place => store.parameters[place].label);
      const frame = Page.frame(grid, {
        height: 230, margin: { left: 62, top: 24, right: 10, bottom: 38 },
        label: `${other} over ${one}, coloured by rank`, slices: slices(pair),
      });
      Page.pointing(frame, store, {
        find: (x, y) => frame.found ? frame.found(x, y) : null,
        read: trial => ({ trial: trial.id, report: store.last(trial) }),
      });
      return frame;
    });
  };
  const redraw = () => panels.forEach(panel => panel.redraw());
  const renew = () => {
    choose();
    if (laid !== JSON.stringify(shown)) layout();
    showKey();
    redraw();
  };
  let listed = "";
  const menus = varying => {
    const counts = d3.range(2, Math.min(most, varying) + 1);
    const metrics = store.metrics.map((name, index) => [String(index), name])
      .filter((_, index) => store.hasNumbers[index]);
    const now = JSON.stringify([counts, metrics, choice]);
    if (now === listed) return;
    listed = now;
    const change = key => value => { choice[key] = +value; chosenAt = 0; renew(); };
    card.controls.replaceChildren(
      Page.menu("metric", metrics, String(choice.metric), change("metric")),
      ...(counts.length > 1 ? [Page.menu("parameters", counts.map(count => [String(count), String(count)]),
        String(Math.min(choice.count, varying)), change("count"))] : []));
  };
  store.events.on("data.ranks", () => card.whenSeen(renew));
  store.events.on("select.ranks", redraw);
  Page.onTheme(() => { showKey(); redraw(); });
  card.whenSeen(renew);
});
