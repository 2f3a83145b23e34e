// Any two quantities against each other, a third as colour; the front, the knee, what runs.
"use strict";

Page.views.push(store => {
  const many = store.objectives.length !== 1;
  const card = Page.chartCard("front", many ? "Front" : "Reports", true);
  const choice = {
    x: many && store.metrics.length > 1 ? "m1" : "resource",
    y: store.metrics.length ? "m0" : "resource",
    color: store.objectives.length > 2 ? "m2" : "state",
    per: "report", logX: null, logY: null, infeasible: true, drag: "move",
  };
  let zoom = d3.zoomIdentity;
  // The reports that have a place, those of them that are drawn, and these in the order of their tones.
  let dots = new Int32Array(), drawn = dots, toned = { marks: drawn, ends: new Int32Array(1) };
  let spans = {}, palette = [];
  let finder = null;
  let walked = -1;
  // So many marks are drawn by the canvas itself, which takes long for more.
  const few = 150;

  const isLog = (key, chosen, span) => {
    if (chosen !== null) return chosen;
    return key[0] === "p" ? store.parameters[+key.slice(1)].log : span.wantsLog;
  };
  // How often what is drawn was to be worked out, and which time that was last done.
  let asked = 1, collected = 0;
  const collect = function* () {
    const target = asked;
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    const feasible = store.report.feasible.values;
    const all = choice.per === "report" ? null
      : store.trials.map(store.last, store).filter(index => index >= 0);
    const total = all ? all.length : store.reportCount;
    const found = new Int32Array(total);
    let count = 0;
    for (let place = 0; place < total; place++) {
      const index = all ? all[place] : place;
      if (Number.isFinite(x[index]) && Number.isFinite(y[index])
        && (choice.infeasible || feasible[index])) found[count++] = index;
    }
    yield;
    dots = found.subarray(0, count);
    drawn = Page.thinned(dots, Page.limit);
    finder = null;
    const spanX = Page.span(x, dots);
    yield;
    spans = { x: spanX, y: Page.span(y, dots) };
    yield;
    color();
    collected = target;
  };
  const front = () => choice.per === "report" ? store.front : store.trialFront;

  let scaleX, scaleY;
  const scales = frame => {
    const { left, top, right, bottom } = frame.inner();
    const logX = isLog(choice.x, choice.logX, spans.x);
    const logY = isLog(choice.y, choice.logY, spans.y);
    scaleX = zoom.rescaleX(Page.scale(spans.x.extent(logX), [left, right], logX));
    scaleY = zoom.rescaleY(Page.scale(spans.y.extent(logY), [bottom, top], logY));
  };

  // A mark's place in the palette: its state, or its shade.
  let toneOf = () => 0;
  const color = () => {
    Page.key(key, { name: choice.color, trials: store.trials });
    const marks = [store.study.constraints.length && choice.infeasible ? ["×", "infeasible"] : null,
      ["◉", many ? "on the front" : "best"]].filter(Boolean);
    const keyOfMarks = () => key.append(...marks.map(([sign, text]) =>
      Page.make("span", {}, Page.make("i", {}, sign), text)));
    [toneOf, palette] = [() => 0, [Page.color("mark")]];
    const states = Object.keys(Page.states);
    if (choice.color === "state") {
      palette = states.map(Page.stateColor);
      const ofTrial = new Uint8Array(store.lastID + 1);
      for (const trial of store.trials) {
        ofTrial[trial.id] = Math.max(0, states.indexOf(trial.state));
      }
      const trials = store.report.trial.values;
      toneOf = index => ofTrial[trials[index]];
    } else if (choice.color !== "none") {
      const values = store.quantity(choice.color), span = Page.span(values, dots);
      const extent = span.extent(false);
      if (extent) {
        Page.key(key, { name: named(choice.color), extent, isLog: span.wantsLog });
        palette = Page.shades();
        const log = span.wantsLog ? Math.log : value => value;
        const [low, high] = extent.map(log), step = 32 / (high - low || 1);
        toneOf = index => Math.max(0, Math.min(31, Math.floor(step * (log(values[index]) - low)))) || 0;
      }
    }
    keyOfMarks();
    toned = Page.byTone(drawn, toneOf, palette.length);
  };
  const paint = index => palette[toneOf(index)];

  // How far the picture of all marks is zoomed.
  let pictured = zoom;
  const slices = function* (frame) {
    if (collected !== asked) {
      yield* collect();
      menus();
      yield;
    }
    if (!store.metrics.length) { frame.clear(); return; }
    scales(frame);
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    const placeX = Page.placing(scaleX), placeY = Page.placing(scaleY);
    const isDense = drawn.length > 3000, isMany = drawn.length > few;
    const dim = store.selected.size ? 0.2 : isDense ? 0.45 : 0.65;
    const lit = chosen();
    const own = { x, y, lit, dim, isMany, whole: isDense ? 0.45 : 0.65 };
    if (!isMany) { compose(frame, own); return; }
    const all = { placeX: index => placeX(x[index]), placeY: index => placeY(y[index]), palette };
    const last = frame.lastLayer("all");
    if (last && pictured !== zoom) {
      // Until the marks are drawn where they now are, their last picture stands in for them.
      const k = zoom.k / pictured.k;
      const move = { k, x: zoom.x - pictured.x * k, y: zoom.y - pictured.y * k };
      compose(frame, own, { all: last, move });
      yield;
    }
    const target = zoom;
    const marks = (raster, toned, opacity) => isDense ? raster.dots({ ...all, ...toned, opacity })
      : raster.discs({ ...all, ...toned, opacity, radius: 2.4 });
    const picture = yield* frame.layer("all", [choice, scaleX.domain(), scaleY.domain()],
      raster => marks(raster, toned, own.whole));
    pictured = target;
    const lights = lit.length < few ? null : yield* frame.layer("lit", null, raster =>
      marks(raster, Page.byTone(lit, toneOf, palette.length), 1));
    compose(frame, own, { all: picture, lights });
  };

  const compose = (frame, { x, y, lit, dim, isMany, whole }, { all, lights, move } = {}) => {
    frame.clear();
    if (all) frame.over(all, dim / whole, move);
    if (lights) frame.over(lights, 1);
    frame.clip(context => {
      drawMarks(context, frame, { x, y, marks: isMany ? [] : drawn, lit: lights || move ? [] : lit, dim });
      drawPaths(context, [...store.selected].slice(0, 12));
      drawFront(context, x, y);
      drawRunning(context, x, y);
      drawKnee(context, x, y, frame);
    });
    Page.axes(frame, scaleX, scaleY,
      { xName: named(choice.x), yName: named(choice.y) });
    say(drawn.length);
  };

  // A few marks, each as a circle or a cross.
  const drawMarks = (context, frame, { x, y, marks, lit, dim }) => {
    if (!marks.length && !lit.length) return;
    const placeX = Page.placing(scaleX), placeY = Page.placing(scaleY);
    const { feasible } = store.report;
    const taken = new Uint8Array(frame.width * frame.height);
    const mark = (index, alpha) => {
      const px = placeX(x[index]), py = placeY(y[index]);
      if (!(px > -9 && py > -9 && px < frame.width + 9 && py < frame.height + 9)) return;
      // Marks on one pixel look like one.
      const pixel = Math.round(py) * frame.width + Math.round(px);
      if (taken[pixel]) return;
      taken[pixel] = 1;
      context.globalAlpha = feasible.values[index] ? alpha : alpha * 0.8;
      context.fillStyle = paint(index);
      if (!feasible.values[index]) {
        context.fillText("×", px - 3, py + 3);
      } else {
        context.beginPath();
        context.arc(px, py, 2.6, 0, 7);
        context.fill();
      }
    };
    for (const index of marks) {
      if (!store.selected.has(store.report.trial.values[index])) mark(index, dim);
    }
    taken.fill(0);
    for (const index of lit) mark(index, 1);
    context.globalAlpha = 1;
  };

  // The reports of the selected trials that have a place.
  const chosen = () => {
    const found = [];
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    const feasible = store.report.feasible.values;
    const add = index => {
      if (index >= 0 && Number.isFinite(x[index]) && Number.isFinite(y[index])
        && (choice.infeasible || feasible[index])) found.push(index);
    };
    for (const id of store.selected) {
      const trial = store.trial(id);
      if (!trial) continue;
      if (choice.per === "report") trial.reports.forEach(add); else add(store.last(trial));
    }
    return Page.thinned(found, Page.limit);
  };
  const named = key => {
    const objective = key[0] === "m" && store.objectives[+key.slice(1)];
    const goal = objective ? objective.goal === "MAX" ? " (more is better)" : " (less is better)" : "";
    return store.quantityName(key) + goal;
  };

  // A few selected trials show how they came to where they are.
  const drawPaths = (context, ids) => {
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    context.lineWidth = 1.3;
    context.strokeStyle = Page.color("accent");
    for (const id of ids) {
      const trial = store.trial(id);
      if (!trial) continue;
      context.beginPath();
      for (const index of trial.reports) context.lineTo(scaleX(x[index]), scaleY(y[index]));
      context.stroke();
    }
  };

  const drawFront = (context, x, y) => {
    const points = front().filter(index => Number.isFinite(x[index]) && Number.isFinite(y[index]));
    const isPlain = store.objectives.length === 2
      && new Set([choice.x, choice.y]).size === 2
      && ["m0", "m1"].includes(choice.x) && ["m0", "m1"].includes(choice.y);
    if (isPlain && points.length > 1) {
      const sorted = points.slice().sort((a, b) => x[a] - x[b]);
      const xIsMax = store.objectives[+choice.x.slice(1)].goal === "MAX";
      context.strokeStyle = Page.color("text");
      context.lineWidth = 1.2;
      context.beginPath();
      sorted.forEach((index, place) => {
        const px = scaleX(x[index]), py = scaleY(y[index]);
        if (place) {
          const before = sorted[place - 1];
          // The corner stands where what is dominated begins.
          if (xIsMax) context.lineTo(scaleX(x[before]), py);
          else context.lineTo(px, scaleY(y[before]));
        }
        context.lineTo(px, py);
      });
      context.stroke();
    }
    const radius = points.length > 300 ? 3 : 4.5;
    for (const index of points) {
      const px = scaleX(x[index]), py = scaleY(y[index]);
      const id = store.report.trial.values[index];
      context.globalAlpha = store.selected.size && !store.selected.has(id) ? 0.45 : 1;
      context.beginPath();
      context.arc(px, py, radius, 0, 7);
      context.fillStyle = paint(index);
      context.fill();
      context.lineWidth = store.selected.has(id) ? 2.5 : 1.2;
      context.strokeStyle = Page.color("text");
      context.stroke();
    }
    context.globalAlpha = 1;
  };

  // The word stands where the front is not: on the side of the worse values, else where there is room.
  const drawKnee = (context, x, y, frame) => {
    if (store.knee < 0 || !many || !Number.isFinite(x[store.knee] + y[store.knee])) return;
    const px = scaleX(x[store.knee]), py = scaleY(y[store.knee]);
    const { left, top, right, bottom } = frame.inner();
    context.strokeStyle = Page.color("text");
    context.lineWidth = 1.5;
    context.strokeRect(px - 8.5, py - 8.5, 17, 17);
    context.font = "600 12px system-ui, sans-serif";
    const wide = context.measureText("knee").width;
    const goal = key => {
      const objective = key[0] === "m" && store.objectives[+key.slice(1)];
      return objective && objective.goal === "MAX" ? 1 : -1;
    };
    const isLeft = goal(choice.x) > 0 ? px - 14 - wide > left : px + 14 + wide > right;
    const isBelow = goal(choice.y) > 0 ? py + 24 < bottom : py - 24 < top;
    const at = [isLeft ? px - 13 - wide : px + 13, isBelow ? py + 20 : py - 12];
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = Page.color("card");
    context.strokeText("knee", ...at);
    context.fillStyle = Page.color("text");
    context.fillText("knee", ...at);
  };

  // What is under the pointer, or where the arrow keys are.
  const over = context => {
    if (lasso.isOn()) lasso.draw(context);
    if (store.hovered !== null) drawPaths(context, [store.hovered]);
    const last = store.hovered !== null && store.trial(store.hovered)
      ? store.last(store.trial(store.hovered)) : -1;
    const at = walked >= 0 ? walked : last;
    if (at < 0) return;
    context.lineWidth = 2;
    context.strokeStyle = Page.color("accent");
    context.beginPath();
    context.arc(scaleX(store.quantity(choice.x)[at]), scaleY(store.quantity(choice.y)[at]),
      8, 0, 7);
    context.stroke();
  };

  const drawRunning = (context, x, y) => {
    context.lineWidth = 1.8;
    context.strokeStyle = Page.stateColor("running");
    for (const trial of store.trials) {
      const index = store.last(trial);
      if (trial.state !== "running" || index < 0) continue;
      context.beginPath();
      context.arc(scaleX(x[index]), scaleY(y[index]), 6, 0, 7);
      context.stroke();
    }
  };

  const say = drawn => {
    const total = choice.per === "report" ? store.reportCount : store.trials.length;
    const hidden = total - dots.length;
    const parts = [];
    if (drawn < dots.length) {
      parts.push(`${Page.number(drawn)} of ${Page.number(dots.length)} are drawn, evenly chosen; `
        + "the front is complete.");
    }
    if (store.reportCount < store.total && choice.per === "report") {
      parts.push(`The page holds ${Page.number(store.reportCount)} of `
        + `${Page.number(store.total)} reports: the front, the rungs, the last of each trial, `
        + "and an even choice of the others.");
    }
    if (hidden > 0) parts.push(`${Page.number(hidden)} have no value here and are not shown.`);
    card.say(parts.join(" "));
  };

  const key = Page.make("p", { class: "key" });
  const frame = Page.frame(card.body, {
    height: width => Math.max(260, Math.min(520, width * 0.55)),
    margin: { left: 68, top: 26, right: 16, bottom: 40 },
    label: "Scatter plot of the reports. Arrow keys walk along the front.", slices, over,
    isOver: () => store.hovered !== null || walked >= 0 || lasso.isOn(),
  });

  card.body.append(key);

  const find = (px, py) => {
    if (!finder) {
      const x = store.quantity(choice.x), y = store.quantity(choice.y);
      const placeX = Page.placing(scaleX), placeY = Page.placing(scaleY);
      finder = new Page.Finder(frame, 20, dots, index => placeX(x[index]), index => placeY(y[index]));
    }
    return finder.nearest(px, py);
  };
  // Selects the trials that have a report within an outline.
  const choose = (outline, adds) => {
    if (!scaleX) return;
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    const placeX = Page.placing(scaleX), placeY = Page.placing(scaleY);
    const { left, top, right, bottom } = frame.inner();
    const isIn = Page.inside(outline);
    const isSeen = Page.inside(Page.boxAround([[left - 5, top - 5], [right + 5, bottom + 5]]));
    const found = new Set(adds ? store.selected : []);
    for (const index of dots) {
      const px = placeX(x[index]), py = placeY(y[index]);
      if (isIn(px, py) && isSeen(px, py)) found.add(store.report.trial.values[index]);
    }
    store.select(found);
    Page.speak(`${Page.count(found.size, "trial")} selected`);
  };
  const lasso = Page.lasso(frame, { shape: () => choice.drag, choose });
  const chooseSeen = () => choose(Page.boxAround([[0, 0], [frame.width, frame.height]]), false);
  Page.pointing(frame, store, {
    find: (x, y) => scaleX ? find(x, y) : null, rests: event => event.buttons,
    isKept: () => walked >= 0,
  });

  // The arrow keys walk along the front, Enter selects.
  frame.area.addEventListener("keydown", event => {
    const x = store.quantity(choice.x);
    const walk = front().slice().sort((a, b) => x[a] - x[b]);
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (event.key === "Escape") { walked = -1; Page.tip.hide(); store.select([]); return; }
    if (event.key === "Enter" && walked >= 0) {
      store.select([store.report.trial.values[walked]], event.shiftKey);
    }
    if (!step) return;
    event.preventDefault();
    if (event.shiftKey) { moveBy(event.key); return; }
    if (!walk.length) return;
    const at = walk.indexOf(walked);
    walked = walk[at < 0 ? step > 0 ? 0 : walk.length - 1
      : Math.max(0, Math.min(walk.length - 1, at + step))];
    const box = frame.area.getBoundingClientRect();
    const y = store.quantity(choice.y);
    Page.tip.report(store, walked, box.left + scaleX(x[walked]), box.top + scaleY(y[walked]));
    Page.speak(`trial ${store.report.trial.values[walked]}: `
      + store.facts(walked).map(fact => fact.join(" ")).join(", "));
    frame.touch();
  });
  frame.area.addEventListener("blur", () => { walked = -1; Page.tip.hide(); frame.touch(); });

  const zooming = d3.zoom().scaleExtent([0.5, 1000])
    // A wheel alone scrolls the page.
    .filter(() => (d3.event.type === "wheel" ? d3.event.ctrlKey || d3.event.metaKey
      : choice.drag === "move" && !d3.event.button))
    .on("zoom", () => { zoom = d3.event.transform; finder = null; frame.redraw(); });
  d3.select(frame.area).call(zooming).on("dblclick.zoom", null);
  const zoomBy = factor => d3.select(frame.area).call(zooming.scaleBy, factor);
  // A step of what is seen in the direction of an arrow key.
  const moveBy = key => {
    const { left, top, right, bottom } = frame.inner();
    const across = { ArrowLeft: 1, ArrowRight: -1 }[key] || 0, down = { ArrowUp: 1, ArrowDown: -1 }[key] || 0;
    d3.select(frame.area).call(zooming.translateBy, across * (right - left) / 8 / zoom.k,
      down * (bottom - top) / 8 / zoom.k);
  };
  const zoomAll = () => d3.select(frame.area).call(zooming.transform, d3.zoomIdentity);

  const menus = () => {
    const change = key => value => {
      choice[key] = value;
      if (key === "x") choice.logX = null;
      if (key === "y") choice.logY = null;
      asked++;
      zoomAll();
      frame.redraw();
    };
    const changeDrag = value => {
      choice.drag = value;
      // A finger that draws does not scroll the page.
      frame.area.style.touchAction = value === "move" ? "" : "none";
      frame.area.style.cursor = value === "move" ? "" : "crosshair";
    };
    const axes = store.quantities();
    const logs = { x: isLog(choice.x, choice.logX, spans.x), y: isLog(choice.y, choice.logY, spans.y) };
    // A menu that is open stays open while the study grows.
    const now = JSON.stringify([axes, { ...choice, drag: null }, logs]);
    if (now === shown) return;
    shown = now;
    const log = (key, chosen) => Page.checkbox("log", logs[key], value => change(chosen)(value));
    const button = (text, title, act) =>
      Page.make("button", { type: "button", title, "aria-label": title, onclick: act }, text);
    card.controls.replaceChildren(
      Page.pair(Page.menu("x", axes, choice.x, change("x")), log("x", "logX")),
      Page.pair(Page.menu("y", axes, choice.y, change("y")), log("y", "logY")),
      Page.menu("colour", [["state", "state"], ...axes, ["none", "none"]],
        choice.color, change("color")),
      Page.menu("points", [["report", "all reports"], ["trial", "last of each trial"]],
        choice.per, change("per")),
      ...(store.study.constraints.length
        ? [Page.checkbox("infeasible", choice.infeasible, change("infeasible"))] : []),
      Page.menu("drag", [["move", "moves"], ["box", "selects a box"], ["lasso", "selects freely"]],
        choice.drag, changeDrag),
      button("select shown", "select the trials that are seen", chooseSeen),
      Page.make("span", { class: "zoom" }, button("+", "zoom in", () => zoomBy(1.6)),
        button("−", "zoom out", () => zoomBy(1 / 1.6)), button("all", "show all", zoomAll)));
  };
  let shown = "";
  const renew = () => {
    card.empty(Page.whyEmpty(store));
    asked++;
    frame.redraw();
  };
  store.events.on("data.front", renew);
  store.events.on("select.front", frame.redraw);
  store.events.on("hover.front", frame.touch);
  Page.onTheme(renew);
  renew();
});
