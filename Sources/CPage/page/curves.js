// Each metric over the resource, a line a trial, with the rungs and where trials were stopped.
"use strict";

Page.views.push(store => {
  const card = Page.chartCard("curves", "Learning curves", true);
  const grid = Page.make("div", { class: "panels" });
  const key = Page.make("p", { class: "key" });
  card.body.append(grid, key);
  const choice = { metric: "objectives", logX: null, logY: null, front: false };
  let panels = [];
  // Those that are drawn: an even sample of all, and behind it what else is of interest.
  let trials = [], sample = 0, shown = [];
  // So many trials, and reports, are drawn as lines at most.
  const most = 800, limit = 40000;

  // What is drawn is worked out when it is drawn: most selections are made while other views are seen.
  let isStale = true;
  const collect = () => {
    isStale = false;
    const all = store.trials.filter(trial => trial.reports.length
      && (!choice.front || store.frontTrials.has(trial.id)));
    const share = Math.min(1, limit / Math.max(1, store.reportCount));
    const kept = Page.thinned(all, Math.max(50, Math.min(most, Math.ceil(all.length * share))));
    const known = new Set(kept.map(trial => trial.id));
    const others = [...store.frontTrials, ...store.selected].slice(0, 2000)
      .filter(id => !known.has(id) && known.add(id)).map(id => store.trial(id))
      .filter(trial => trial && trial.reports.length
        && (!choice.front || store.frontTrials.has(trial.id)));
    trials = kept.concat(others.slice(0, 500));
    sample = kept.length;
    shown = trials.flatMap(trial => trial.reports);
    card.say(trials.length < all.length
      ? `${trials.length} of ${all.length} trials are drawn, evenly chosen, besides those on the `
        + "front and those selected." : "");
  };
  const levels = () => [...new Set(store.study.levels.flat())].sort((a, b) => a - b);

  const line = (panel, trial, values) => {
    const { context, x, y } = panel;
    context.beginPath();
    let isDown = false;
    for (const index of trial.reports) {
      const value = values[index];
      if (!Number.isFinite(value) || y.base && value <= 0) { isDown = false; continue; }
      const px = x(store.report.resource.values[index]), py = y(value);
      if (isDown) context.lineTo(px, py); else context.moveTo(px, py);
      isDown = true;
    }
    context.stroke();
  };
  const end = (panel, trial, values) => {
    const index = store.last(trial);
    const px = panel.x(store.report.resource.values[index]), py = panel.y(values[index]);
    if (!Number.isFinite(py)) return;
    const { context } = panel;
    context.fillStyle = context.strokeStyle;
    const size = 3;
    context.beginPath();
    if (trial.state === "stopped" || trial.state === "failed") {
      context.moveTo(px - size, py - size);
      context.lineTo(px + size, py + size);
      context.moveTo(px - size, py + size);
      context.lineTo(px + size, py - size);
      context.stroke();
    } else if (trial.state === "paused") {
      context.fillRect(px - 2.5, py - 3, 2, 6);
      context.fillRect(px + 0.5, py - 3, 2, 6);
    } else {
      context.arc(px, py, 2.5, 0, 7);
      if (trial.state === "running") context.stroke(); else context.fill();
    }
  };

  // As `line` and `end`, for many.
  const lines = (own, panel, { values, opacity, endOpacity }) => function* (raster) {
    const resource = store.report.resource.values;
    const x = Page.placing(panel.x), y = Page.placing(panel.y);
    let count = 0;
    for (const trial of own) {
      count += trial.reports.length;
      if (count > 1000) { count = 0; yield; }
      raster.ink(Page.stateColor(trial.state), opacity);
      let px = NaN, py = NaN;
      for (const index of trial.reports) {
        const nextX = x(resource[index]), nextY = y(values[index]);
        // A value that is not finite, or has no logarithm, interrupts the line.
        if (Number.isFinite(py + nextY)) raster.line(px, py, nextX, nextY);
        [px, py] = [nextX, nextY];
      }
      if (!Number.isFinite(py)) continue;
      raster.ink(Page.stateColor(trial.state), endOpacity);
      if (trial.state === "stopped" || trial.state === "failed") {
        raster.line(px - 3, py - 3, px + 3, py + 3);
        raster.line(px - 3, py + 3, px + 3, py - 3);
      } else if (trial.state === "paused") {
        raster.box(px - 2.5, py - 3, px - 0.5, py + 3);
        raster.box(px + 0.5, py - 3, px + 2.5, py + 3);
      } else {
        raster.dot(px, py, 4);
      }
    }
  };

  // Whether a metric's axis is logarithmic: as its values want it until someone decides for all.
  const wanted = new Map();
  const isLogY = metric => {
    if (choice.logY !== null) return choice.logY;
    const old = wanted.get(metric);
    if (old && old.version === store.version) return old.isLog;
    const isLog = Page.wantsLog(store.values[metric].view());
    wanted.set(metric, { version: store.version, isLog });
    return isLog;
  };
  // Of a metric's values, whatever is selected: all of them, and what lies between the wild ones.
  const ranges = new Map();
  const range = metric => {
    const isLog = isLogY(metric), question = JSON.stringify([metric, choice.front, isLog]);
    const old = ranges.get(question);
    if (old && old.version === store.version) return old;
    const values = store.values[metric].values;
    const reports = choice.front ? shown : store.report.trial;
    const finite = [];
    for (let place = 0; place < reports.length; place++) {
      const value = values[choice.front ? reports[place] : place];
      if (Number.isFinite(value) && (!isLog || value > 0)) finite.push(value);
    }
    const sorted = Float64Array.from(Page.thinned(finite, 20000)).sort();
    const now = { version: store.version, extent: Page.extent(finite),
      low: d3.quantile(sorted, 0.01), high: d3.quantile(sorted, 0.99) };
    ranges.set(question, now);
    return now;
  };

  const slices = metric => function* (frame) {
    if (isStale) collect();
    const values = store.values[metric].values;
    const { left, top, right, bottom } = frame.inner();
    const resource = store.report.resource.values;
    const longest = Math.max(store.study.max_t, 1);
    const log = choice.logX === null ? longest >= 20 : choice.logX;
    const x = Page.scale([log ? Math.min(1, ...trials.slice(0, 1000).map(trial =>
      resource[trial.reports[0]])) : 0, longest], [left, right], log);
    // One wild value must not flatten all others.
    const { extent, low, high } = range(metric), isLog = isLogY(metric);
    const isWild = extent && high > low && (extent[1] - extent[0]) > 20 * (high - low) && !isLog;
    const y = Page.scale(isWild ? [low - (high - low) / 4, high + (high - low) / 4] : extent,
      [bottom, top], isLog);
    const panel = { context: frame.context, x, y };
    const chosen = store.selected;
    const isLit = trial => chosen.size ? chosen.has(trial.id) : store.frontTrials.has(trial.id);
    const plain = Math.max(0.12, Math.min(0.5, 30 / trials.length));
    const dim = chosen.size ? 0.12 : plain;
    const isMany = shown.length > 600;
    let all = null, lit = null;
    if (isMany) {
      all = yield* frame.layer("all", [choice, x.domain(), y.domain(), sample],
        lines(trials.slice(0, sample), panel,
          { values, opacity: plain, endOpacity: Math.min(1, plain * 1.6) }));
      lit = yield* frame.layer("lit", null, lines(Page.thinned(trials.filter(isLit), 200), panel,
        { values, opacity: 0.95, endOpacity: 1 }));
    }
    frame.clear();
    if (isMany) {
      frame.over(all, dim / plain);
      frame.over(lit, 1);
    }
    frame.clip(context => {
      drawRungs(context, x, top, bottom);
      if (!isMany) drawTrials(panel, { values, isLit, dim });
    });
    frame.panel = panel;
    const rungs = levels();
    Page.axes(frame, x, y, { xName: store.study.resource, yName: store.metrics[metric],
      xTicks: rungs.length && rungs.length < (right - left) / 40 ? [...rungs, longest] : null });
    const reports = shown;
    frame.finder = null;
    frame.find = (px, py) => {
      if (!frame.finder) {
        frame.finder = new Page.Finder(
          frame, 16, reports, index => x(resource[index]), index => y(values[index]));
      }
      return frame.finder.nearest(px, py);
    };
  };

  const drawRungs = (context, x, top, bottom) => {
    context.strokeStyle = Page.color("muted");
    context.setLineDash([3, 4]);
    context.lineWidth = 1;
    for (const level of levels()) {
      context.beginPath();
      context.moveTo(x(level), top);
      context.lineTo(x(level), bottom);
      context.stroke();
    }
    context.setLineDash([]);
  };

  const drawTrials = (panel, { values, isLit, dim }) => {
    const { context } = panel;
    for (const lit of [false, true]) {
      for (const trial of trials) {
        if (isLit(trial) !== lit) continue;
        context.globalAlpha = lit ? 0.95 : dim;
        context.lineWidth = lit ? 1.6 : 1;
        context.strokeStyle = Page.stateColor(trial.state);
        line(panel, trial, values);
        context.globalAlpha = lit ? 1 : Math.min(1, dim * 1.6);
        end(panel, trial, values);
      }
    }
    context.globalAlpha = 1;
  };

  const seen = () => (choice.metric === "objectives" ? d3.range(store.objectives.length) : [+choice.metric])
    .filter(metric => metric < store.metrics.length);
  const layout = () => {
    grid.replaceChildren();
    panels = seen().map(metric => {
      const frame = Page.frame(grid, {
        height: width => Math.max(200, Math.min(320, width * 0.6)),
        margin: { left: 68, top: 26, right: 14, bottom: 38 },
        label: `Learning curves of ${store.metrics[metric]}`, slices: slices(metric),
        over: context => {
          const hovered = store.hovered !== null && store.trial(store.hovered);
          if (!hovered || !frame.panel) return;
          context.lineWidth = 3;
          context.strokeStyle = Page.color("accent");
          line({ ...frame.panel, context }, hovered, store.values[metric].values);
        },
      });
      Page.pointing(frame, store, { find: (x, y) => frame.find ? frame.find(x, y) : null });
      return frame;
    });
  };
  const redraw = () => panels.forEach(panel => panel.redraw());
  const touch = () => panels.forEach(panel => panel.touch());
  const renew = () => { isStale = true; redraw(); };
  const logBox = Page.checkbox("log y", false, value => { choice.logY = value; redraw(); });
  const dataChanged = () => {
    card.empty(store.objectives.length ? Page.whyEmpty(store) : "There are no objectives.");
    Page.key(key, { name: "state", trials: store.trials });
    key.append(Page.make("span", {}, Page.make("i", {}, "┆"), "rung"));
    logBox.querySelector("input").checked = seen().length > 0 && seen().every(isLogY);
    renew();
  };
  const menus = () => card.controls.replaceChildren(
    Page.menu("metric", [["objectives", "all objectives"],
      ...store.metrics.map((name, index) => [String(index), name])
        .filter((_, index) => store.hasNumbers[index])], choice.metric,
    value => { choice.metric = value; layout(); dataChanged(); }),
    Page.checkbox("log x", store.study.max_t >= 20, value => { choice.logX = value; redraw(); }),
    logBox,
    Page.checkbox("front only", false, value => { choice.front = value; renew(); }));
  menus();
  layout();
  store.events.on("data.curves", dataChanged);
  store.events.on("select.curves", renew);
  store.events.on("hover.curves", touch);
  Page.onTheme(redraw);
  dataChanged();
});
