// How the hypervolume grew, and what the last trials added: is it worth waiting?
"use strict";

Page.views.push(store => {
  const isOne = store.objectives.length < 2;
  const card = Page.chartCard("hypervolume", isOne ? "Best so far" : "Hypervolume");
  const choice = { over: "reports", last: 10 };
  const gain = Page.make("p", { class: "gain" });

  // The volume that was there when the last `count` trials were still to start.
  const render = () => {
    const [, times, , volumes] = store.hypervolume;
    card.empty(volumes.length ? ""
      : Page.whyEmpty(store) || `No report counts for the ${isOne ? "best value" : "hypervolume"} yet.`);
    const now = volumes.length ? volumes[volumes.length - 1] : 0;
    const what = isOne ? "the best value changed from" : "the hypervolume grew by";
    const count = Math.min(choice.last, store.trialTotal);
    const first = store.trials[d3.bisector(trial => trial.id)
      .right(store.trials, store.trialTotal - count)];
    if (!first || !volumes.length) {
      gain.textContent = "";
    } else {
      let before = isOne ? null : 0;
      times.forEach((time, index) => { if (time <= first.start) before = volumes[index]; });
      const share = now > 0 ? 100 * (now - before) / now : 0;
      gain.textContent = before === now
        ? `Since the last ${count} trials started, nothing was gained.`
        : before === null ? ""
        : `Since the last ${count} trials started, ${what} ` + (isOne
          ? `${Page.number(before)} to ${Page.number(now)}.`
          : `${Page.number(+share.toPrecision(2))} %.`);
    }
    frame.redraw();
  };

  const draw = frame => {
    const [reports, times, seconds, volumes] = store.hypervolume;
    const { left, top, right, bottom } = frame.inner();
    const steps = { reports, time: times, seconds }[choice.over];
    const end = { reports: store.total, time: store.latest,
      seconds: store.study.seconds || 0 }[choice.over];
    const x = Page.scale([0, Math.max(1e-9, end, d3.max(steps) || 0)], [left, right], false)
      .domain([0, Math.max(1e-9, end, d3.max(steps) || 0)]);
    const y = Page.scale(Page.extent(isOne ? volumes : [0, ...volumes]), [bottom, top],
      isOne && Page.wantsLog(volumes));
    frame.clip(context => {
      context.strokeStyle = Page.color("accent");
      context.lineWidth = 2;
      context.beginPath();
      if (!isOne) context.moveTo(x(0), y(0));
      steps.forEach((step, index) => {
        if (index || !isOne) context.lineTo(x(step), y(index ? volumes[index - 1] : 0));
        context.lineTo(x(step), y(volumes[index]));
      });
      if (volumes.length) context.lineTo(x(end), y(volumes[volumes.length - 1]));
      context.stroke();
    });
    Page.axes(frame, x, y, { xName: { reports: "reports", time: "virtual time",
      seconds: "seconds" }[choice.over], yName: isOne && store.objectives.length ? `best ${store.objectives[0].name}` : "hypervolume" });
  };
  const frame = Page.frame(card.body, {
    height: width => Math.max(200, Math.min(300, width * 0.55)),
    margin: { left: 68, top: 26, right: 16, bottom: 38 },
    label: "The hypervolume over the reports", draw,
  });
  card.body.append(gain);
  const number = Page.make("input", { type: "number", min: 1, value: choice.last,
    oninput: () => { choice.last = Math.max(1, +number.value || 1); render(); } });
  card.controls.append(
    Page.menu("over", [["reports", "reports"], ["time", "virtual time"], ["seconds", "seconds"]],
      choice.over, value => { choice.over = value; frame.redraw(); }),
    Page.make("label", {}, "last trials", number));
  store.events.on("data.hypervolume", render);
  Page.onTheme(frame.redraw);
  render();
});
