// Any two quantities against each other, a third as colour; the front, the knee, what runs.
"use strict";

Page.views.push(store => {
  const many = store.objectives.length !== 1;
  const card = Page.card("front", many ? "Front" : "Reports", true);
  if (!store.metrics.length) {
    card.say("The study has no metrics yet.");
  }
  const choice = {
    x: many && store.metrics.length > 1 ? "m1" : "resource",
    y: store.metrics.length ? "m0" : "resource",
    color: store.objectives.length > 2 ? "m2" : "state",
    per: "report", logX: null, logY: null, infeasible: true,
  };
  let zoom = d3.zoomIdentity;
  let dots = [];
  let finder = null;
  let walked = -1;

  const isLog = (key, chosen) => {
    if (chosen !== null) return chosen;
    if (key[0] === "p") return store.parameters[+key.slice(1)].log;
    const values = store.quantity(key);
    return Page.wantsLog(dots.map(index => values[index]));
  };
  const collect = () => {
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    const isShown = index => Number.isFinite(x[index]) && Number.isFinite(y[index])
      && (choice.infeasible || store.report.feasible.values[index]);
    const all = choice.per === "report" ? d3.range(store.reportCount)
      : store.trials.map(store.last, store).filter(index => index >= 0);
    dots = all.filter(isShown);
    finder = null;
  };
  const front = () => choice.per === "report" ? store.front : store.trialFront;

  let scaleX, scaleY;
  const scales = frame => {
    const { left, top, right, bottom } = frame.inner();
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    const logX = isLog(choice.x, choice.logX), logY = isLog(choice.y, choice.logY);
    const above = values => dots.map(index => values[index]).filter(value => value > 0);
    scaleX = zoom.rescaleX(Page.scale(
      Page.extent(logX ? above(x) : dots.map(index => x[index])), [left, right], logX));
    scaleY = zoom.rescaleY(Page.scale(
      Page.extent(logY ? above(y) : dots.map(index => y[index])), [bottom, top], logY));
  };

  const colors = () => {
    const plain = Page.color("mark");
    Page.key(key, { name: choice.color, trials: store.trials });
    if (choice.color === "none") return () => plain;
    if (choice.color === "state") {
      return index => Page.stateColor(store.trial(store.report.trial.values[index]).state);
    }
    const values = store.quantity(choice.color), shades = Page.shades();
    const extent = Page.extent(dots.map(index => values[index]));
    if (!extent) return () => plain;
    const isLog = Page.wantsLog(dots.map(index => values[index]));
    Page.key(key, { name: named(choice.color), extent, isLog });
    const log = isLog ? Math.log : value => value;
    const [low, high] = extent.map(log);
    return index => shades[Math.max(0, Math.min(31,
      Math.floor(32 * (log(values[index]) - low) / (high - low || 1)))) || 0];
  };

  const draw = frame => {
    if (!store.metrics.length) return;
    scales(frame);
    const x = store.quantity(choice.x), y = store.quantity(choice.y);
    const drawn = Page.thinned(dots, Page.limit);
    const paint = colors();
    const chosen = store.selected;
    frame.clip(context => {
      const isDense = drawn.length > 3000;
      const taken = new Uint8Array(frame.width * frame.height);
      const mark = (index, alpha) => {
        const px = scaleX(x[index]), py = scaleY(y[index]);
        if (!(px > -9 && py > -9 && px < frame.width + 9 && py < frame.height + 9)) return;
        // Marks on one pixel look like one.
        const pixel = Math.round(py) * frame.width + Math.round(px);
        if (taken[pixel]) return;
        taken[pixel] = 1;
        context.globalAlpha = store.report.feasible.values[index] ? alpha : alpha / 2;
        context.fillStyle = context.strokeStyle = paint(index);
        if (!store.report.feasible.values[index]) {
          context.fillText("×", px - 3, py + 3);
        } else if (isDense) {
          context.fillRect(px - 1, py - 1, 2, 2);
        } else {
          context.beginPath();
          context.arc(px, py, 2.6, 0, 7);
          context.fill();
        }
      };
      const dim = chosen.size ? 0.2 : drawn.length > 3000 ? 0.45 : 0.65;
      for (const index of drawn) if (!chosen.has(store.report.trial.values[index])) mark(index, dim);
      taken.fill(0);
      if (chosen.size) {
        for (const index of dots) if (chosen.has(store.report.trial.values[index])) mark(index, 1);
      }
      context.globalAlpha = 1;
      drawPaths(context, [...store.selected].slice(0, 12));
      drawFront(context, x, y, paint);
      drawRunning(context, x, y);
      drawKnee(context, x, y, frame);
    });
    Page.axes(frame, scaleX, scaleY,
      { xName: named(choice.x), yName: named(choice.y) });
    say(drawn.length);
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

  const drawFront = (context, x, y, paint) => {
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
    if (hidden > 0) parts.push(`${Page.number(hidden)} have no value here and are not shown.`);
    if (!total) parts.push("There are no reports yet.");
    card.say(parts.join(" "));
  };

  const key = Page.make("p", { class: "key" });
  const frame = Page.frame(card.body, {
    height: width => Math.max(260, Math.min(520, width * 0.55)),
    margin: { left: 68, top: 26, right: 16, bottom: 40 },
    label: "Scatter plot of the reports. Arrow keys walk along the front.", draw, over,
  });

  card.body.append(key);

  const find = (px, py) => {
    if (!finder) {
      finder = new Page.Finder(20);
      const x = store.quantity(choice.x), y = store.quantity(choice.y);
      for (const index of dots) finder.add(scaleX(x[index]), scaleY(y[index]), index);
    }
    return finder.nearest(px, py);
  };
  Page.pointing(frame, store, {
    find: (x, y) => scaleX ? find(x, y) : null, rests: event => event.buttons,
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
    if (!step || !walk.length) return;
    event.preventDefault();
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
    .filter(() => d3.event.type !== "wheel" || d3.event.ctrlKey || d3.event.metaKey)
    .on("zoom", () => { zoom = d3.event.transform; finder = null; frame.redraw(); });
  d3.select(frame.area).call(zooming).on("dblclick.zoom", null);
  const zoomBy = factor => d3.select(frame.area).call(zooming.scaleBy, factor);
  const zoomAll = () => d3.select(frame.area).call(zooming.transform, d3.zoomIdentity);

  const menus = () => {
    const change = key => value => {
      choice[key] = value;
      if (key === "x") choice.logX = null;
      if (key === "y") choice.logY = null;
      collect();
      zoomAll();
      menus();
      frame.redraw();
    };
    const axes = store.quantities();
    const log = (key, chosen) => Page.checkbox("log", isLog(choice[key], choice[chosen]),
      value => change(chosen)(value));
    const button = (text, title, act) =>
      Page.make("button", { type: "button", title, "aria-label": title, onclick: act }, text);
    card.controls.replaceChildren(
      Page.menu("x", axes, choice.x, change("x")), log("x", "logX"),
      Page.menu("y", axes, choice.y, change("y")), log("y", "logY"),
      Page.menu("colour", [["state", "state"], ...axes, ["none", "none"]],
        choice.color, change("color")),
      Page.menu("points", [["report", "all reports"], ["trial", "last of each trial"]],
        choice.per, change("per")),
      ...(store.study.constraints.length
        ? [Page.checkbox("infeasible", choice.infeasible, change("infeasible"))] : []),
      Page.make("span", { class: "zoom" }, button("+", "zoom in", () => zoomBy(1.6)),
        button("−", "zoom out", () => zoomBy(1 / 1.6)), button("all", "show all", zoomAll)));
  };
  const renew = () => { collect(); menus(); frame.redraw(); };
  store.events.on("data.front", renew);
  store.events.on("select.front", frame.redraw);
  store.events.on("hover.front", frame.touch);
  Page.onTheme(frame.redraw);
  renew();
});
