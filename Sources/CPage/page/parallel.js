// A line a trial across its parameters and last objectives; brushing an axis selects trials.
"use strict";

Page.views.push(store => {
  const card = Page.chartCard("parallel", "Parallel coordinates", true);
  const choice = { color: store.objectives.length ? "m0" : "state" };
  const brushes = new Map();
  let axes = [], trials = [], scales = [], isStale = true;
  // So many lines are drawn at most, so many of what is selected, and so many by the canvas itself.
  const limit = 600, most = 300, few = 120;

  const collect = () => {
    isStale = false;
    frame.laid = "";
    planned = "";
    const varying = store.parameters.map((parameter, index) => ({
      key: `p${index}`, name: parameter.label, parameter,
      values: store.trials.map(trial => trial.args[index]),
    })).filter(({ values }) => values.some(value => value !== values[0]
      && JSON.stringify(value) !== JSON.stringify(values[0])));
    const objectives = store.objectives.map((objective, index) => ({
      key: `m${index}`, name: objective.name, isObjective: true,
      values: store.trials.map(trial => {
        const last = store.last(trial);
        return last < 0 ? null : store.values[index].values[last];
      }),
    }));
    axes = [...varying, ...objectives.filter(({ values }) => values.some(value => value !== null))];
    trials = Page.thinned(d3.range(store.trials.length), limit);
    for (const key of brushes.keys()) {
      if (!axes.some(axis => axis.key === key)) brushes.delete(key);
    }
    frame.area.style.minWidth = `${Math.max(0, 96 + axes.length * 84)}px`;
    card.say([
      trials.length < store.trials.length
        ? `${trials.length} of ${Page.number(store.trials.length)} trials are drawn, evenly chosen.` : "",
      axes.some(({ values }) => values.some(value => value === null))
        ? "∅: the trial has no value of it." : "",
    ].filter(Boolean).join(" "));
  };

  const numeric = value => typeof value === "string" ? Number(value) : value;
  // Where a value stands on its axis; what is missing stands below.
  const makeScale = (axis, top, bottom) => {
    const gap = bottom + 16;
    const { parameter } = axis;
    const isNumber = axis.isObjective || parameter.kind === "int" || parameter.kind === "real";
    if (isNumber) {
      const values = axis.values.map(numeric).filter(Number.isFinite);
      const range = [bottom, top];
      const scale = parameter ? Page.parameterScale(parameter, values, range)
        : Page.scale(Page.extent(values), range, Page.wantsLog(values));
      const place = value => {
        const number = numeric(value);
        return value === null || !Number.isFinite(number) ? gap : scale(number);
      };
      return { place, ticks: Page.ticks(scale, 6).map(value => [Page.number(value), scale(value)]) };
    }
    const names = parameter.choices ? parameter.choices.map(Page.shown)
      : [...new Set(axis.values.filter(value => value !== null).map(Page.shown))];
    const scale = d3.scalePoint().domain(names).range([bottom, top]).padding(0.3);
    const ticks = Page.thinned(names, 14).map(name => [name, scale(name)]);
    return { place: value => value === null ? gap : scale(Page.shown(value)), ticks };
  };

  // Where each trial stands on each axis, worked out when the axes or the frame change.
  let planned = "", heights = [];
  const plan = (frame, top, bottom) => {
    const question = [store.version, frame.width, frame.height].join();
    if (planned === question) return;
    planned = question;
    scales = axes.map(axis => makeScale(axis, top, bottom));
    heights = axes.map((axis, index) =>
      Float32Array.from(axis.values, value => scales[index].place(value)));
  };

  const slices = function* (frame) {
    if (isStale) collect();
    if (!axes.length) { frame.clear(); frame.svg.selectAll("*").remove(); return; }
    const { left, top, right, bottom } = frame.inner();
    const x = d3.scalePoint().domain(axes.map(axis => axis.key)).range([left, right]).padding(0.02);
    plan(frame, top, bottom);
    const color = colors();
    yield;
    const chosen = store.selected;
    const { context } = frame;
    const places = axes.map(axis => x(axis.key));
    frame.stroke = (row, context) => {
      context.beginPath();
      places.forEach((px, index) => context.lineTo(px, heights[index][row]));
      context.stroke();
    };
    const lit = Page.thinned([...chosen], most).map(id => store.rowOf(id)).filter(row => row >= 0);
    const dim = Math.max(0.08, Math.min(0.6, 60 / trials.length));
    const isMany = trials.length + lit.length > few;
    let all = null, lights = null;
    if (isMany) {
      all = yield* frame.layer("all", choice, lines(trials, { places, color, opacity: dim }));
      lights = lit.length
        ? yield* frame.layer("lit", null, lines(lit, { places, color, opacity: 0.95 })) : null;
    }
    frame.clear();
    if (all) frame.over(all, chosen.size ? 0.07 / dim : 1);
    if (lights) frame.over(lights, 1);
    if (!isMany) {
      const others = trials.filter(row => !chosen.has(store.trials[row].id));
      for (const [rows, opacity, width] of [[others, chosen.size ? 0.07 : dim, 1], [lit, 0.95, 1.6]]) {
        context.globalAlpha = opacity;
        context.lineWidth = width;
        for (const row of rows) {
          context.strokeStyle = color(row);
          frame.stroke(row, context);
        }
      }
    }
    context.globalAlpha = 1;
    drawAxes(frame, x, top, bottom);
  };

  const lines = (rows, { places, color, opacity }) => function* (raster) {
    let count = 0;
    for (const row of rows) {
      if (++count % 50 === 0) yield;
      raster.ink(color(row), opacity);
      for (let index = 1; index < places.length; index++) {
        raster.line(places[index - 1], heights[index - 1][row], places[index], heights[index][row]);
      }
    }
  };

  // A colour for each row, found when the study, the choice or the theme changes.
  let tinted = { question: "", of: () => "" };
  const colors = () => {
    const question = [store.version, choice.color, Page.theme].join();
    if (tinted.question !== question) tinted = { question, of: tint() };
    return tinted.of;
  };
  const tint = () => {
    Page.key(legend, { name: choice.color, trials: store.trials });
    if (choice.color === "state") return row => Page.stateColor(store.trials[row].state);
    const axis = axes.find(found => found.key === choice.color);
    const values = axis ? axis.values.map(numeric) : [];
    const extent = Page.extent(values), shades = Page.shades();
    if (!extent) return () => Page.color("mark");
    const isLog = Page.wantsLog(values);
    Page.key(legend, { name: axis.name, extent, isLog });
    const log = isLog ? Math.log : value => value;
    const [low, high] = extent.map(log);
    return row => Number.isFinite(values[row]) ? shades[Math.max(0, Math.min(31,
      Math.floor(32 * (log(values[row]) - low) / (high - low || 1)))) || 0] : Page.color("muted");
  };

  // Axes are laid out again only when they change, so that a brush is not lost under the pointer.
  const drawAxes = (frame, x, top, bottom) => {
    const key = JSON.stringify([frame.width, frame.height, axes.map((axis, index) =>
      [axis.key, scales[index].ticks])]);
    if (key === frame.laid) return;
    frame.laid = key;
    frame.svg.selectAll("*").remove();
    axes.forEach((axis, index) => {
      const group = frame.svg.append("g").attr("class", "axis")
        .attr("transform", `translate(${x(axis.key)},0)`);
      group.append("line").attr("y1", top).attr("y2", bottom);
      for (const [text, py] of scales[index].ticks) {
        group.append("line").attr("x1", -4).attr("x2", 0).attr("y1", py).attr("y2", py);
        group.append("text").attr("class", "halo").attr("x", -7).attr("y", py)
          .attr("dy", "0.32em").attr("text-anchor", "end")
          .text(text.length > 14 ? `${text.slice(0, 13)}…` : text);
      }
      if (axis.values.some(value => value === null)) {
        group.append("text").attr("y", bottom + 20).attr("text-anchor", "middle").text("∅");
      }
      const isLast = index === axes.length - 1 && index > 0;
      const name = group.append("text").attr("class", "name halo").attr("y", index % 2 ? 28 : 14)
        .attr("x", isLast ? frame.margin.right - 4 : 0).attr("text-anchor", isLast ? "end" : "middle")
        .text(axis.name.length > 20 ? `${axis.name.slice(0, 19)}…` : axis.name);
      name.append("title").text(axis.name);
      const brush = d3.brushY().extent([[-12, top - 6], [12, bottom + 24]])
        .on("brush end", () => {
          if (!d3.event.sourceEvent) return;
          if (d3.event.selection) brushes.set(axis.key, d3.event.selection);
          else brushes.delete(axis.key);
          pick();
        });
      const area = group.append("g").attr("class", "brush").call(brush);
      if (brushes.has(axis.key)) area.call(brush.move, brushes.get(axis.key));
    });
  };
  let isPicking = false;
  const pick = () => {
    isPicking = true;
    const ranges = axes.map((axis, index) => [heights[index], brushes.get(axis.key)])
      .filter(([, range]) => range);
    const ids = [];
    for (let row = 0; ranges.length && row < store.trials.length; row++) {
      if (ranges.every(([places, [low, high]]) => low <= places[row] && places[row] <= high)) {
        ids.push(store.trials[row].id);
      }
    }
    store.select(ids);
    isPicking = false;
  };

  const scroller = Page.make("div", { class: "sideways" });
  const legend = Page.make("p", { class: "key" });
  card.body.append(scroller, legend,
    Page.make("p", { class: "hint" }, "Drag along an axis to select trials."));
  const frame = Page.frame(scroller, {
    height: 340, margin: { left: 96, top: 42, right: 40, bottom: 34 },
    label: "Parallel coordinates of the trials", slices,
    over: context => {
      if (store.hovered === null || !store.trial(store.hovered) || !frame.stroke) return;
      context.lineWidth = 3;
      context.strokeStyle = Page.color("accent");
      frame.stroke(store.rowOf(store.hovered), context);
    },
  });
  const menus = () => card.controls.replaceChildren(
    Page.menu("colour", [...store.objectives.map((objective, index) =>
      [`m${index}`, objective.name]), ["state", "state"]], choice.color,
    value => { choice.color = value; frame.redraw(); }),
    Page.make("button", { type: "button", onclick: () => {
      brushes.clear();
      frame.laid = "";
      store.select([]);
      frame.redraw();
    } }, "clear"));
  const renew = () => {
    isStale = true;
    card.empty(Page.varying(store).length || store.reportCount ? "" : "There is nothing to compare yet.");
    frame.redraw();
  };
  store.events.on("data.parallel", renew);
  store.events.on("select.parallel", () => {
    // A selection that was made elsewhere is no longer what the brushes say.
    if (!isPicking && brushes.size) { brushes.clear(); frame.laid = ""; }
    frame.redraw();
  });
  store.events.on("hover.parallel", frame.touch);
  Page.onTheme(frame.redraw);
  menus();
  renew();
});
