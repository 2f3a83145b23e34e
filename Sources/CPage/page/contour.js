// A metric over two parameters: smoothed over the trials, with the trials on it.
"use strict";

Page.views.push(store => {
  const card = Page.chartCard("contour", "Two parameters");
  const choice = { x: -1, y: -1, metric: 0 };
  // The smoothed picture has so many squares each way, and is made from so many trials at most.
  const [across, down] = [48, 32], most = 800;
  // How far a trial reaches, in shares of an axis.
  const reach = 0.07;

  const places = () => Page.varying(store).filter(place => Page.isNumeric(store.parameters[place]));
  // The two that matter most for the metric, else for the front.
  const choose = known => {
    const sorted = Page.byImportance(store, known, choice.metric);
    if (!known.includes(choice.x)) choice.x = sorted.find(place => place !== choice.y);
    if (!known.includes(choice.y)) choice.y = sorted.find(place => place !== choice.x);
  };

  let rows = [], picture = null, isStale = true;
  const collect = () => {
    isStale = false;
    rows = [];
    picture = null;
    const known = places();
    if (known.length < 2 || !store.metrics.length) return;
    choose(known);
    menus(known);
    const metric = store.values[choice.metric].values;
    rows = store.trials.map(trial => ({ trial, last: store.last(trial),
      x: Number(trial.args[choice.x]), y: Number(trial.args[choice.y]) }))
      .filter(({ trial, last, x, y }) => last >= 0 && Number.isFinite(metric[last] + x + y)
        && trial.args[choice.x] !== null && trial.args[choice.y] !== null);
    const used = Math.min(rows.length, most);
    card.say(`The mean over the last reports nearby, of ${Page.count(used, "trial")}`
        + (used < rows.length ? `, evenly chosen of ${rows.length}.` : "."));
  };

  // The mean of the metric in each square, trials nearby counting most.
  const smooth = function* (x, y, { left, top, right, bottom }) {
    const metric = store.values[choice.metric].values;
    const sample = Page.thinned(rows, most).map(row => ({
      u: (x(row.x) - left) / (right - left), v: (y(row.y) - top) / (bottom - top),
      value: metric[row.last] }));
    const values = new Float64Array(across * down);
    for (let square = 0; square < values.length; square++) {
      if (square % 16 === 15) yield;
      const u = (square % across + 0.5) / across, v = (Math.floor(square / across) + 0.5) / down;
      let sum = 0, weight = 0;
      for (const row of sample) {
        const distance = ((u - row.u) ** 2 + (v - row.v) ** 2) / (reach * reach);
        // Far from all trials the nearest ones still count.
        const share = Math.exp(-distance / 2) + 1e-6 / (1 + distance);
        sum += share * row.value;
        weight += share;
      }
      values[square] = sum / weight;
    }
    return values;
  };

  const slices = function* (frame) {
    if (isStale) collect();
    if (rows.length < 3) {
      frame.clear();
      frame.svg.selectAll("*").remove();
      legend.replaceChildren();
      return;
    }
    const inner = frame.inner(), { left, top, right, bottom } = inner;
    const axis = (key, range) =>
      Page.parameterScale(store.parameters[choice[key]], rows.map(row => row[key]), range);
    const x = axis("x", [left, right]), y = axis("y", [bottom, top]);
    const question = [frame.width, frame.height].join();
    if (!picture || picture.question !== question) {
      picture = { question, values: yield* smooth(x, y, inner) };
    }
    const { values } = picture, extent = Page.extent(values), isLog = Page.wantsLog(values);
    const map = frame.sheet("map", choice, context => drawMap(context, values, { ...inner, extent, isLog }));
    yield;
    // The trials on it, and those that are selected or on the front.
    const { selected } = store;
    const isLit = ({ trial }) => selected.size ? selected.has(trial.id) : store.frontTrials.has(trial.id);
    const placeX = Page.placing(x), placeY = Page.placing(y), some = Page.thinned(rows, most);
    const discs = (own, color, radius) => raster => raster.discs({ marks: own, ends: [own.length],
      placeX: row => placeX(row.x), placeY: row => placeY(row.y), palette: [color], opacity: 1, radius,
      rim: Page.color("text") });
    const all = yield* frame.layer("all", choice, discs(some, Page.color("card"), some.length > 200 ? 1 : 1.6));
    const lit = rows.filter(isLit);
    const lights = lit.length ? yield* frame.layer("lit", null,
      discs(Page.thinned(lit, 3000), Page.color("accent"), 3.4)) : null;
    frame.clear();
    frame.over(map, 1);
    frame.over(all, selected.size ? 0.3 : 1);
    if (lights) frame.over(lights, 1);
    frame.finder = new Page.Finder(frame, 12, rows, row => placeX(row.x), row => placeY(row.y));
    const isNew = Page.axes(frame, x, y, { xName: store.parameters[choice.x].label,
      yName: store.parameters[choice.y].label });
    if (isNew || keyed !== picture) {
      keyed = picture;
      Page.key(legend, { name: store.metrics[choice.metric], extent, isLog });
    }
  };
  let keyed = null;

  // What the metric is between the trials, in steps.
  const drawMap = (context, values, { left, top, right, bottom, extent, isLog }) => {
    const shades = Page.shades(), count = 12, scale = Page.scale(extent, [0, 1], isLog);
    const thresholds = d3.range(count).map(step => scale.invert(step / count));
    // With a border of the same values, as contours are cut off at the corners.
    const at = (place, count) => Math.max(0, Math.min(count - 1, place - 1));
    const wide = across + 2, tall = down + 2;
    const bordered = Float64Array.from({ length: wide * tall }, (_, square) =>
      values[at(Math.floor(square / wide), down) * across + at(square % wide, across)]);
    const contours = d3.contours().size([wide, tall]).thresholds(thresholds)(bordered);
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.translate(left, top);
    context.scale((right - left) / across, (bottom - top) / down);
    const path = d3.geoPath(null, context);
    context.fillStyle = shades[0];
    context.fillRect(0, 0, across, down);
    context.translate(-1, -1);
    contours.forEach((contour, step) => {
      context.beginPath();
      path(contour);
      context.fillStyle = shades[Math.min(31, Math.round(31 * step / (count - 1)))];
      context.fill();
    });
  };

  const legend = Page.make("p", { class: "key" });
  const frame = Page.frame(card.body, {
    height: width => Math.max(240, Math.min(360, width * 0.6)),
    margin: { left: 68, top: 26, right: 16, bottom: 38 },
    label: "A metric over two parameters", slices,
  });
  card.body.append(legend);
  Page.pointing(frame, store, {
    find: (x, y) => frame.finder ? frame.finder.nearest(x, y) : null,
    read: ({ trial, last }) => ({ trial: trial.id, report: last }),
  });
  let shown = "";
  const menus = known => {
    const now = JSON.stringify([known, choice]);
    if (now === shown) return;
    shown = now;
    const labels = known.map(place => [String(place), store.parameters[place].label]);
    const change = (key, other) => value => {
      if (choice[other] === +value) choice[other] = choice[key];
      choice[key] = +value;
      renew();
    };
    card.controls.replaceChildren(
      Page.menu("x", labels, String(choice.x), change("x", "y")),
      Page.menu("y", labels, String(choice.y), change("y", "x")),
      Page.menu("metric", store.metrics.map((name, index) => [String(index), name])
        .filter((_, index) => store.hasNumbers[index]), String(choice.metric),
      value => { choice.metric = +value; renew(); }));
  };
  const renew = () => {
    isStale = true;
    const count = places().length;
    card.empty(Page.whyEmpty(store) || (count < 2
      ? "There are no two parameters that are numbers and vary."
      : store.trials.filter(trial => store.last(trial) >= 0).length < 3
        ? "There are too few reports to tell." : ""));
    frame.redraw();
  };
  store.events.on("data.contour", renew);
  store.events.on("select.contour", frame.redraw);
  Page.onTheme(frame.redraw);
  renew();
});
