// Several studies of the same objectives over one another: their totals, their fronts, how they grew.
"use strict";

Page.compare = data => {
  const { studies, objectives, resource } = data;
  const hidden = new Set();
  const isOne = objectives.length === 1;
  const light = ["#0072b2", "#c65200", "#00805c", "#b3568f", "#8a6500"];
  const dark = ["#56b4e9", "#f08544", "#35c39a", "#e39cc8", "#f0c14b"];
  const color = index => (Page.isDark() ? dark : light)[index % 5];
  const shown = () => d3.range(studies.length).filter(index => !hidden.has(index));
  const charts = [];
  const redraw = () => charts.forEach(chart => chart.redraw());

  document.title = data.title;
  document.getElementById("head").replaceChildren(
    Page.make("div", { class: "title" }, Page.make("h1", {}, data.title),
      Page.make("span", { class: "quiet" }, objectives.map(objective =>
        `${objective.name} (${objective.goal === "MAX" ? "more" : "less"} is better)`).join(", "))));

  // A mark of a study, in a shape of its own.
  const shapes = [d3.symbolCircle, d3.symbolDiamond, d3.symbolSquare, d3.symbolTriangle,
    d3.symbolStar];
  const drawMark = (context, index, x, y, size) => {
    context.save();
    context.translate(x, y);
    context.beginPath();
    d3.symbol().type(shapes[index % 5]).size(size).context(context)();
    context.fillStyle = color(index);
    context.fill();
    context.lineWidth = 1;
    context.strokeStyle = Page.color("card");
    context.stroke();
    context.restore();
  };
  const mark = index => {
    const svg = d3.create("svg").attr("viewBox", "-8 -8 16 16").attr("width", 16).attr("height", 16)
      .attr("class", "mark").attr("aria-hidden", "true");
    svg.append("path").attr("d", d3.symbol().type(shapes[index % 5]).size(90)())
      .attr("fill", color(index));
    return svg.node();
  };

  const totals = Page.card("studies", "Studies", true);
  const table = () => {
    const volumes = isOne ? [] : ["hypervolume", "share", "on the front", "on the common front"];
    const names = ["study", "state", "trials", "reports", `${resource}s`, ...volumes,
      ...objectives.map(objective => `best ${objective.name}`)];
    const best = objectives.map((objective, index) =>
      (objective.goal === "MAX" ? d3.max : d3.min)(studies, study => study.best[index]));
    const body = studies.map((study, index) => {
      const box = Page.make("input", { type: "checkbox", checked: !hidden.has(index),
        "aria-label": `show ${study.name}`, onchange: () => {
          if (box.checked) hidden.delete(index); else hidden.add(index);
          redraw();
        } });
      const numbers = [study.trials, study.reports, study.spent,
        ...(isOne ? [] : [study.hypervolume]) ].map(Page.number);
      if (!isOne) {
        numbers.push(study.share === null ? "–" : `${(100 * study.share).toFixed(1)} %`,
          Page.number(study.front[0].length), Page.number(study.common));
      }
      return Page.make("tr", {}, Page.make("th", { scope: "row", class: "text" },
        Page.make("label", {}, box, mark(index), study.name)),
      Page.make("td", { class: "text" }, study.state),
      ...numbers.map(text => Page.make("td", {}, text)),
      ...study.best.map((value, place) => Page.make("td",
        { class: value !== null && value === best[place] ? "best" : null }, Page.number(value))));
    });
    totals.body.replaceChildren(Page.make("div", { class: "scroll", tabindex: 0,
      "aria-label": "totals of the studies" }, Page.make("table", {}, Page.make("thead", {},
      Page.make("tr", {}, ...names.map((name, index) => Page.make("th", { scope: "col",
        class: index < 2 ? "text" : null }, name)))), Page.make("tbody", {}, ...body))));
    totals.say(isOne ? "" : "Share: of the hypervolume of all fronts together. The common front is "
      + "that of all studies together.");
  };
  table();

  if (!isOne) Page.compareFronts(data, { charts, shown, color, drawMark, redraw });
  Page.compareProgress(data, { charts, shown, color, isOne });
  Page.onTheme(() => { table(); redraw(); });
  document.documentElement.dataset.ready = "yes";
};

// The fronts over one another, any two objectives.
Page.compareFronts = ({ studies, objectives, resource }, { charts, shown, color, drawMark }) => {
  const card = Page.chartCard("fronts", "Fronts", true);
  const choice = { x: 1, y: 0, logX: null, logY: null };
  const column = (index, objective) => studies[index].front[2 + objective];
  const all = objective => shown().flatMap(index => column(index, objective));
  const isLog = (objective, chosen) => chosen === null ? Page.wantsLog(all(objective)) : chosen;
  let finder = null;

  const stairs = (context, index, x, y) => {
    const xs = column(index, choice.x), ys = column(index, choice.y);
    const order = d3.range(xs.length).sort((a, b) => xs[a] - xs[b]);
    const isMax = objectives[choice.x].goal === "MAX";
    context.beginPath();
    order.forEach((point, place) => {
      if (place) {
        const before = order[place - 1];
        if (isMax) context.lineTo(x(xs[before]), y(ys[point]));
        else context.lineTo(x(xs[point]), y(ys[before]));
      }
      context.lineTo(x(xs[point]), y(ys[point]));
    });
    context.strokeStyle = color(index);
    context.lineWidth = 1.4;
    context.stroke();
  };
  const named = objective => `${objectives[objective].name} (`
    + `${objectives[objective].goal === "MAX" ? "more" : "less"} is better)`;

  const draw = frame => {
    const { left, top, right, bottom } = frame.inner();
    const extent = (objective, log) =>
      Page.extent(all(objective).filter(value => !log || value > 0));
    const logX = isLog(choice.x, choice.logX), logY = isLog(choice.y, choice.logY);
    const x = Page.scale(extent(choice.x, logX), [left, right], logX);
    const y = Page.scale(extent(choice.y, logY), [bottom, top], logY);
    const marks = [];
    frame.clip(context => {
      if (objectives.length === 2) for (const index of shown()) stairs(context, index, x, y);
      for (const index of shown()) {
        const xs = column(index, choice.x), ys = column(index, choice.y);
        xs.forEach((value, point) => {
          const px = x(value), py = y(ys[point]);
          if (!Number.isFinite(px + py)) return;
          // The first are larger, so that they are seen where others have the same point.
          drawMark(context, index, px, py, 40 + 26 * (studies.length - 1 - index));
          marks.push({ index, point, px, py });
        });
      }
    });
    finder = new Page.Finder(frame, 18, marks, mark => mark.px, mark => mark.py);
    Page.axes(frame, x, y, { xName: named(choice.x), yName: named(choice.y) });
  };
  const frame = Page.frame(card.body, {
    height: width => Math.max(260, Math.min(480, width * 0.5)),
    margin: { left: 68, top: 26, right: 16, bottom: 40 },
    label: "The fronts of the studies", draw,
  });
  charts.push(frame);
  frame.area.addEventListener("pointermove", event => {
    const box = frame.area.getBoundingClientRect();
    const found = finder && finder.nearest(event.clientX - box.left, event.clientY - box.top);
    if (!found) { Page.tip.hide(); return; }
    const { index, point } = found, { front, name } = studies[index];
    Page.tip.show(event.clientX, event.clientY, `${name}: trial ${front[0][point]}`, [[
      [resource, Page.number(front[1][point])],
      ...objectives.map((objective, place) =>
        [objective.name, Page.number(front[2 + place][point])]),
    ]]);
  });
  frame.area.addEventListener("pointerleave", Page.tip.hide);
  const menus = () => {
    const names = objectives.map((objective, index) => [String(index), objective.name]);
    const change = (key, log) => value => {
      choice[key] = log ? value : +value;
      if (!log) choice[key === "x" ? "logX" : "logY"] = null;
      menus();
      frame.redraw();
    };
    card.controls.replaceChildren(
      Page.pair(Page.menu("x", names, String(choice.x), change("x")),
        Page.checkbox("log", isLog(choice.x, choice.logX), change("logX", true))),
      Page.pair(Page.menu("y", names, String(choice.y), change("y")),
        Page.checkbox("log", isLog(choice.y, choice.logY), change("logY", true))));
  };
  menus();
};

// How each study came to what it has.
Page.compareProgress = ({ studies, objectives, resource }, { charts, shown, color, isOne }) => {
  const card = Page.chartCard("progress", isOne ? "Best so far" : "Hypervolume", true);
  const choice = { over: 1, log: null };
  const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3], [5, 4]];
  const values = () => shown().flatMap(index => studies[index].steps[3]);
  const ends = study => [study.reports, study.spent, d3.max(study.steps[2]) || 0];
  const isLog = () => isOne && (choice.log === null ? Page.wantsLog(values()) : choice.log);

  const draw = frame => {
    const { left, top, right, bottom } = frame.inner();
    const end = d3.max(shown(), index => ends(studies[index])[choice.over]) || 1;
    const x = d3.scaleLinear().domain([0, end]).range([left, right]);
    const y = Page.scale(Page.extent(isOne ? values() : [0, ...values()]), [bottom, top], isLog());
    frame.clip(context => {
      for (const index of shown()) {
        const steps = studies[index].steps[choice.over], volumes = studies[index].steps[3];
        context.beginPath();
        if (!isOne) context.moveTo(x(0), y(0));
        steps.forEach((step, place) => {
          if (place || !isOne) context.lineTo(x(step), y(place ? volumes[place - 1] : 0));
          context.lineTo(x(step), y(volumes[place]));
        });
        if (volumes.length) {
          context.lineTo(x(ends(studies[index])[choice.over]), y(volumes[volumes.length - 1]));
        }
        context.setLineDash(dashes[index % 5]);
        context.strokeStyle = color(index);
        context.lineWidth = 2;
        context.stroke();
      }
      context.setLineDash([]);
    });
    Page.axes(frame, x, y, { xName: ["reports", `${resource}s spent`, "virtual time"][choice.over],
      yName: isOne ? `best ${objectives[0].name}` : "hypervolume" });
  };
  const frame = Page.frame(card.body, {
    height: width => Math.max(240, Math.min(380, width * 0.45)),
    margin: { left: 68, top: 26, right: 16, bottom: 38 },
    label: "How the studies grew", draw,
  });
  charts.push(frame);
  card.controls.append(Page.menu("over", [["1", `${resource}s spent`], ["0", "reports"],
    ["2", "virtual time"]], "1", value => { choice.over = +value; frame.redraw(); }));
  if (isOne) {
    card.controls.append(Page.checkbox("log", isLog(), value => {
      choice.log = value;
      frame.redraw();
    }));
  }
};
