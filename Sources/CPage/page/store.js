// The study as columns, and what is selected in it. One document fills it; increments extend it.
"use strict";

// Numbers in one growing array.
Page.Column = class {
  constructor() { this.values = new Float64Array(1024); this.length = 0; }

  push(value) {
    if (this.length === this.values.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }

  view() { return this.values.subarray(0, this.length); }
};

Page.Store = class {
  constructor(data) {
    this.events = d3.dispatch("data", "select", "hover");
    this.selected = new Set();
    this.hovered = null;
    // How often something new has come.
    this.version = 0;
    this.fill(data);
  }

  // Takes a complete document: what was known is dropped, the selection is kept.
  fill(data) {
    this.parameters = data.parameters;
    this.metrics = data.metrics;
    // In the order of their numbers. Of a large study the page may hold a part.
    this.trials = [];
    this.byID = new Map();
    this.report = { trial: new Page.Column(), resource: new Page.Column(),
      time: new Page.Column(), seconds: new Page.Column(), feasible: new Page.Column() };
    this.values = this.metrics.map(() => new Page.Column());
    // By metric: what is no number, by report; and whether there is a number.
    this.texts = this.metrics.map(() => new Map());
    this.hasNumbers = this.metrics.map((_, index) => index < data.study.objectives.length);
    this.importance = null;
    // The latest virtual time of a report, and whether any has a time of the clock.
    this.latest = 0;
    this.hasSeconds = false;
    this.take(data);
  }

  // Takes what is new: changed trials, further reports, and all that is small.
  take(data) {
    this.version++;
    this.study = data.study;
    this.objectives = data.study.objectives;
    this.byReport = new Map();
    this.takeTrials(data.trials);
    this.takeReports(data.reports);
    this.rungs = data.rungs;
    this.hypervolume = data.hypervolume;
    // A large study that grows is not asked for it each time.
    if (data.importance) this.importance = data.importance;
    this.kept = d3.nest().key(place => place[0]).map(data.kept || []);
    this.front = data.front.map(place => this.find(place)).filter(index => index >= 0);
    this.trialFront = data.trial_front.map(place => this.find(place)).filter(index => index >= 0);
    this.knee = data.knee ? this.find(data.knee) : -1;
    this.onFront = new Set(this.front);
    this.frontTrials = new Set(this.front.map(index => this.report.trial.values[index]));
    for (const id of this.selected) if (!this.trial(id)) this.selected.delete(id);
  }

  takeTrials(columns) {
    let isSorted = true;
    columns.id.forEach((id, row) => {
      const old = this.byID.get(id);
      const trial = {
        id, reports: old ? old.reports : [], row: old ? old.row : this.trials.length,
        state: columns.state[row], bracket: columns.bracket[row], origin: columns.origin[row],
        start: columns.start[row], error: columns.error[row], why: columns.why[row],
        args: columns.args.map(column => column[row]),
        decisions: columns.decisions[row].map(([rung, resource, verdict, time, rank, outOf]) =>
          ({ rung, resource, verdict, time, rank, outOf })),
        promotions: columns.promotions[row].map(([rung, time]) => ({ rung, time })),
        failures: columns.failures[row],
      };
      if (!old && this.trials.length) isSorted = isSorted && id > this.lastID;
      this.trials[trial.row] = trial;
      this.byID.set(id, trial);
    });
    if (isSorted) return;
    this.trials.sort((a, b) => a.id - b.id);
    this.trials.forEach((trial, row) => { trial.row = row; });
  }

  takeReports(columns) {
    const report = this.report;
    const number = value => typeof value === "number" ? value
      : value === "inf" ? Infinity : value === "-inf" ? -Infinity : NaN;
    columns.trial.forEach((trial, row) => {
      const { reports } = this.trial(trial);
      // What comes of a trial that the page holds again begins at its first report.
      const last = reports.length ? report.resource.values[reports[reports.length - 1]] : -Infinity;
      if (columns.resource[row] <= last) return;
      reports.push(report.trial.length);
      report.trial.push(trial);
      report.resource.push(columns.resource[row]);
      report.time.push(columns.time[row]);
      if (columns.time[row] > this.latest) this.latest = columns.time[row];
      const seconds = columns.seconds ? number(columns.seconds[row]) : NaN;
      if (Number.isFinite(seconds)) this.hasSeconds = true;
      report.seconds.push(seconds);
      report.feasible.push(columns.feasible ? columns.feasible[row] : 1);
      this.values.forEach((column, index) => {
        const value = columns.metrics[index][row], known = number(value);
        if (Number.isNaN(known) && value !== null) this.texts[index].set(column.length, value);
        else if (!Number.isNaN(known)) this.hasNumbers[index] = true;
        column.push(known);
      });
    });
  }

  // How many reports the study has, of which the page may hold a part.
  get total() { return Math.max(this.study.reports || 0, this.reportCount); }
  get reportCount() { return this.report.trial.length; }
  trial(id) { return this.byID.get(id); }
  // A trial's place among all, -1 where the page does not hold it.
  rowOf(id) { return this.byID.has(id) ? this.byID.get(id).row : -1; }
  get lastID() { return this.trials.length ? this.trials[this.trials.length - 1].id : 0; }
  // How many trials the study has, of which the page may hold a part.
  get isThinned() { return this.trials.length < this.trialTotal; }
  get trialTotal() { return Math.max(this.study.trials || 0, this.trials.length); }

  find([id, resource]) {
    const trial = this.trial(id);
    if (!trial) return -1;
    const found = trial.reports.find(index => this.report.resource.values[index] === resource);
    return found === undefined ? -1 : found;
  }

  // A quantity of reports by its key: "resource", "trial", "time" or "seconds"; "m" and a metric's index;
  // "p" and a parameter's.
  quantity(key) {
    if (key[0] === "p") return this.parameterColumn(+key.slice(1));
    if (key[0] === "m") return this.values[+key.slice(1)].values;
    return this.report[key].values;
  }

  // A parameter's values by report, worked out when they are first asked for.
  parameterColumn(place) {
    if (!this.byReport.has(place)) {
      const trials = this.report.trial.view();
      this.byReport.set(place, Float64Array.from(trials, id => {
        const value = this.trial(id).args[place];
        return value === null || value === undefined ? NaN : Number(value);
      }));
    }
    return this.byReport.get(place);
  }

  quantityName(key) {
    if (key === "trial") return "trial";
    if (key[0] === "p") return this.parameters[+key.slice(1)].label;
    if (key === "resource") return this.study.resource;
    if (key === "time") return "virtual time";
    return key === "seconds" ? "seconds" : this.metrics[+key.slice(1)];
  }

  // The quantities that an axis can show: objectives, other metrics, the resource, the trial's number,
  // the time, parameters that are numbers.
  quantities() {
    const metrics = this.metrics.map((name, index) => [`m${index}`, name])
      .filter((_, index) => this.hasNumbers[index]);
    const parameters = this.parameters.map((parameter, index) => [`p${index}`, parameter])
      .filter(([, parameter]) => ["int", "real"].includes(parameter.kind))
      .map(([key, parameter]) => [key, parameter.label]);
    return [...metrics, ["resource", this.study.resource], ["trial", "trial"],
      ["time", "virtual time"],
      ...this.hasSeconds ? [["seconds", "seconds"]] : [],
      ...parameters];
  }

  last(trial) { return trial.reports.length ? trial.reports[trial.reports.length - 1] : -1; }

  select(ids, adds = false) {
    const list = [...ids];
    if (adds) {
      for (const id of list) {
        if (this.selected.has(id)) this.selected.delete(id); else this.selected.add(id);
      }
    } else {
      this.selected = new Set(list);
    }
    this.events.call("select");
  }

  hover(id) {
    if (this.hovered === id) return;
    this.hovered = id;
    this.events.call("hover");
  }

  // What a metric is in a report: a number, a text, true or false, null.
  metric(index, report) {
    if (report < 0) return null;
    const text = this.texts[index].get(report);
    return text === undefined ? this.values[index].values[report] : text;
  }

  // What is known of a report, as rows of a name and a text.
  facts(index) {
    const rows = [[this.study.resource, Page.number(this.report.resource.values[index])]];
    this.metrics.forEach((name, metric) => {
      const value = this.metric(metric, index);
      if (metric < this.objectives.length || !Number.isNaN(value)) {
        rows.push([name, typeof value === "number" ? Page.number(value) : Page.shown(value)]);
      }
    });
    if (!this.report.feasible.values[index]) rows.push(["feasible", "no"]);
    return rows;
  }

  configuration(trial) {
    return this.parameters.map((parameter, index) => [parameter, trial.args[index]])
      .filter(([, value]) => value !== null && value !== undefined);
  }
};
