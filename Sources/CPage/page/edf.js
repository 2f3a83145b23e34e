// Which share of the trials comes to which value of a metric: the empirical distribution function.
"use strict";

Page.views.push(store => {
  const card = Page.chartCard("edf", "Distribution");
  const choice = { metric: 0, of: "last", log: null };
  // So many steps of a line are drawn at most.
  const most = 2000;

  // A trial's value: that of its last report, or the best it has had.
  const value = trial => {
    const values = store.values[choice.metric].values;
    const objective = store.objectives[choice.metric];
    if (choice.of === "last" || !objective) {
      const last = store.last(trial);
      return last < 0 ? NaN : values[last];
    }
    const sign = objective.goal === "MAX" ? -1 : 1;
    let best = NaN;
    for (const index of trial.reports) {
      const now = values[index];
      if (Number.isFinite(now) && !(sign * best <= sign * now)) best = now;
    }
    return best;
  };
  let all = new Float64Array(), chosen = all, isStale = true, known = null;
  const collect = () => {
    isStale = false;
    if (!store.metrics.length) return;
    const sorted = trials => Float64Array.from(trials.map(value).filter(Number.isFinite)).sort();
    const question = [store.version, choice.metric, choice.of].join();
    if (known !== question) all = sorted(store.trials);
    known = question;
    chosen = sorted([...store.selected].map(id => store.trial(id)).filter(Boolean));
    card.say(all.length ? `Of ${Page.count(all.length, "trial")}`
      + (chosen.length ? `; the coloured line is of the ${chosen.length} selected.` : ".")
      : `No trial has a number as its ${store.metrics[choice.metric]}.`);
  };

  const draw = frame => {
    if (isStale) collect();
    if (!all.length) { frame.svg.selectAll("*").remove(); return; }
    const { left, top, right, bottom } = frame.inner();
    const isLog = choice.log === null ? Page.wantsLog(all) : choice.log;
    logBox.querySelector("input").checked = isLog;
    const x = Page.scale(Page.extent(isLog ? all.filter(now => now > 0) : all), [left, right], isLog);
    const y = d3.scaleLinear().domain([0, 1]).range([bottom, top]);
    frame.clip(context => {
      for (const [values, color] of [[all, Page.color("text")], [chosen, Page.color("accent")]]) {
        if (!values.length) continue;
        context.strokeStyle = color;
        context.lineWidth = 2;
        context.beginPath();
        context.moveTo(left - 5, bottom);
        const places = Page.thinned(d3.range(values.length), most);
        let before = 0;
        for (const place of places) {
          const px = x(values[place]);
          if (!Number.isFinite(px)) continue;
          context.lineTo(px, y(before));
          before = (place + 1) / values.length;
          context.lineTo(px, y(before));
        }
        context.lineTo(right + 5, y(1));
        context.stroke();
      }
    });
    Page.axes(frame, x, y, { xName: store.metrics[choice.metric], yName: "share of the trials" });
  };
  const logBox = Page.checkbox("log", false, log => { choice.log = log; frame.redraw(); });
  const frame = Page.frame(card.body, {
    height: width => Math.max(200, Math.min(300, width * 0.55)),
    margin: { left: 68, top: 26, right: 16, bottom: 38 },
    label: "The distribution of a metric over the trials", draw,
  });
  const renew = () => {
    isStale = true;
    card.empty(Page.whyEmpty(store));
    frame.redraw();
  };
  card.controls.append(
    Page.menu("metric", store.metrics.map((name, index) => [String(index), name])
      .filter((_, index) => store.hasNumbers[index]), "0",
    metric => { choice.metric = +metric; choice.log = null; renew(); }),
    Page.menu("of", [["last", "last reports"], ["best", "best reports"]], choice.of,
      of => { choice.of = of; renew(); }),
    logBox);
  store.events.on("data.edf", renew);
  store.events.on("select.edf", renew);
  Page.onTheme(frame.redraw);
  renew();
});
