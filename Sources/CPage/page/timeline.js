// Who had a slot when, on the virtual clock: slots that stand empty and trials that wait are seen.
"use strict";

Page.views.push(store => {
  const card = Page.chartCard("timeline", "Timeline", true);
  let spans = [], lanes = 0, end = 0, collected = 0;
  const key = Page.make("p", { class: "key" });
  const limit = 100000;

  // A trial has a slot from its start, or a promotion, to its pause or its end.
  // Where the stretches stand decides how tall the chart is, so that what is new is taken at once where
  // the chart is seen, and else before it is.
  const collect = () => {
    collected++;
    const times = store.report.time.values;
    const all = [];
    end = store.latest;
    for (const trial of store.trials) {
      const starts = [trial.start, ...trial.promotions.map(promotion => promotion.time)];
      const pauses = trial.decisions.filter(decision => decision.verdict === "pause")
        .map(decision => decision.time);
      const last = store.last(trial);
      starts.forEach((from, index) => {
        const isLast = index === starts.length - 1;
        const to = index < pauses.length ? pauses[index]
          : trial.state === "running" ? end : last < 0 ? from : Math.max(from, times[last]);
        all.push({ trial, from, to, isOpen: isLast && trial.state === "running",
          state: isLast ? trial.state : "paused" });
      });
      end = Math.max(end, starts[starts.length - 1]);
    }
    all.sort((a, b) => a.from - b.from || a.trial.id - b.trial.id);
    const free = [];
    for (const span of all) {
      let lane = free.findIndex(time => time <= span.from);
      if (lane < 0) lane = free.push(0) - 1;
      free[lane] = Math.max(span.to, span.from);
      span.lane = lane;
    }
    lanes = Math.max(store.study.slots || 1, free.length);
    spans = all;
    card.empty(!all.length ? "No trial has started yet." : end > 0 ? "" : "No virtual time has passed yet.");
    Page.key(key, { name: "state", trials: store.trials });
    const busy = d3.sum(all, span => span.to - span.from);
    const total = (store.study.slots || lanes) * end;
    card.say(!all.length ? ""
      : `${Math.min(100, Math.round(100 * busy / Math.max(1, total)))} % of the slots' virtual time `
        + "was used." + (all.length > limit
        ? ` ${limit} of ${all.length} stretches are drawn, evenly chosen.` : ""));
  };

  const boxes = (own, { x, y, tall, opacity }) => function* (raster) {
    let count = 0;
    for (const span of own) {
      if (++count % 2000 === 0) yield;
      const from = x(span.from);
      raster.ink(Page.stateColor(span.state), opacity);
      raster.box(from, y(span.lane) + tall * 0.1, Math.max(from + 1, x(span.to) - 0.5),
        y(span.lane) + tall * 0.9);
    }
  };

  // The trials' numbers, where there is room.
  const drawNumbers = (context, { x, y, tall }) => {
    context.font = "10px system-ui, sans-serif";
    for (const span of Page.thinned(spans, limit)) {
      if (x(span.to) - x(span.from) < 26.5 || tall <= 12) continue;
      context.fillStyle = span.state === "running" ? "#fff" : "#1b1b1b";
      context.fillText(String(span.trial.id), x(span.from) + 3, y(span.lane) + tall / 2 + 3.5);
    }
  };

  const slices = function* (frame) {
    const { left, top, right, bottom } = frame.inner();
    const x = d3.scaleLinear().domain([0, Math.max(1, end)]).range([left, right]);
    const y = d3.scaleLinear().domain([0, lanes]).range([top, bottom]);
    const tall = (bottom - top) / lanes;
    const context = frame.context;
    frame.shown = Page.thinned(spans, limit);
    const chosen = store.selected;
    const isMany = frame.shown.length > 200;
    let all = null, lit = null;
    if (isMany) {
      all = yield* frame.layer("all", [collected], boxes(frame.shown, { x, y, tall, opacity: 0.9 }));
      const own = frame.shown.filter(span => chosen.has(span.trial.id));
      lit = own.length ? yield* frame.layer("lit", null, boxes(own, { x, y, tall, opacity: 0.9 })) : null;
    }
    frame.clear();
    context.fillStyle = Page.color("empty");
    for (let lane = 0; lane < lanes; lane++) {
      context.fillRect(left, y(lane) + tall * 0.1, right - left, tall * 0.8);
    }
    if (all) frame.over(all, chosen.size ? 0.15 / 0.9 : 1);
    if (lit) frame.over(lit, 1);
    if (!isMany) {
      for (const span of frame.shown) {
        const isLit = !chosen.size || chosen.has(span.trial.id);
        const from = x(span.from), wide = Math.max(1, x(span.to) - from - 0.5);
        context.globalAlpha = isLit ? 0.9 : 0.15;
        context.fillStyle = Page.stateColor(span.state);
        context.fillRect(from, y(span.lane) + tall * 0.1, wide, tall * 0.8);
      }
      context.globalAlpha = 1;
    }
    frame.over(frame.sheet("numbers", [collected], own => drawNumbers(own, { x, y, tall })), 1);
    // Where a selected trial waited for its promotion.
    context.strokeStyle = Page.color("text");
    context.setLineDash([2, 3]);
    const some = new Map([...chosen].slice(0, 50).map(id => [id, []]));
    if (some.size) for (const span of spans) if (some.has(span.trial.id)) some.get(span.trial.id).push(span);
    for (const own of some.values()) {
      own.slice(1).forEach((span, index) => {
        context.beginPath();
        context.moveTo(x(own[index].to), y(own[index].lane + 0.5));
        context.lineTo(x(span.from), y(span.lane + 0.5));
        context.stroke();
      });
    }
    context.setLineDash([]);
    // Slots are counted from 1, and their numbers stand at their middles.
    const scale = d3.scaleLinear().domain([0.5, lanes + 0.5]).range([top, bottom]);
    const step = Math.max(1, Math.ceil(lanes * 15 / (bottom - top)));
    Page.axes(frame, x, scale, { xName: "virtual time", yName: "slot",
      yTicks: d3.range(1, lanes + 1, step) });
    frame.box = span => [x(span.from), y(span.lane) + tall * 0.1,
      Math.max(2, x(span.to) - x(span.from)), tall * 0.8];
    frame.at = (px, py) => {
      const time = x.invert(px), lane = Math.floor(y.invert(py));
      return spans.find(span => span.lane === lane && span.from <= time
        && time <= Math.max(span.to, x.invert(x(span.from) + 2)));
    };
  };
  const frame = Page.frame(card.body, {
    height: () => Math.max(130, Math.min(420, 70 + 18 * lanes)),
    margin: { left: 44, top: 24, right: 16, bottom: 38 },
    label: "The slots over virtual time", slices,
    over: context => {
      if (store.hovered === null || !frame.box) return;
      context.fillStyle = Page.color("accent");
      for (const span of spans) {
        if (span.trial.id === store.hovered) context.fillRect(...frame.box(span));
      }
    },
  });
  card.body.append(key);
  Page.pointing(frame, store, {
    find: (x, y) => (frame.at && frame.at(x, y)) || null,
    read: span => ({ trial: span.trial.id, report: store.last(span.trial) }),
  });
  const renew = () => card.whenSeen(() => { collect(); frame.redraw(); });
  store.events.on("data.timeline", renew);
  store.events.on("select.timeline", frame.redraw);
  store.events.on("hover.timeline", frame.touch);
  Page.onTheme(frame.redraw);
  collect();
  frame.redraw();
});
