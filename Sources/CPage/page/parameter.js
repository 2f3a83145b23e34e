// Parameters as charts show them: which vary, which matter, and where their values stand on an axis.
"use strict";

Page.isNumeric = parameter => parameter.kind === "int" || parameter.kind === "real";

// The places of the parameters that have more than one value.
Page.varying = store => store.parameters.map((_, place) => place).filter(place => {
  const first = store.trials.length ? store.trials[0].args[place] : null;
  return store.trials.some(({ args }) => args[place] !== first
    && JSON.stringify(args[place]) !== JSON.stringify(first));
});

// Sorts places of parameters: those first that matter most for a metric; for what is no objective, those
// that do for the front.
Page.byImportance = (store, places, metric) => {
  const [parameters, front, ...objectives] = store.importance || [[], []];
  const shares = objectives[metric] || front;
  const share = new Map(parameters.map((place, row) => [place, shares[row]]));
  return places.slice().sort((a, b) => (share.get(b) || 0) - (share.get(a) || 0) || a - b);
};

// A scale over numbers that are values of a parameter. That of whole numbers has no ticks between them.
Page.parameterScale = (parameter, numbers, range) =>
  Object.assign(Page.scale(Page.extent(numbers), range, parameter.log), { isWhole: parameter.kind === "int" });

// An axis for the values of a parameter that trials have, from one pixel to another: `place` is where a
// trial stands. Numbers have a `scale`; choices have `names` with their places, and equal ones stand side
// by side, the same at every drawing. `turn` says how, so that two axes differ.
Page.parameterAxis = (store, index, trials, { range, turn = 0.6180339887 }) => {
  const parameter = store.parameters[index], value = trial => trial.args[index];
  if (Page.isNumeric(parameter)) {
    const numbers = trials.map(trial => Number(value(trial)));
    const scale = Page.parameterScale(parameter, numbers, range), placing = Page.placing(scale);
    return { scale, names: null, place: trial => placing(Number(value(trial))) };
  }
  const names = parameter.choices ? parameter.choices.map(Page.shown)
    : [...new Set(trials.map(trial => Page.shown(value(trial))))];
  const band = d3.scalePoint().domain(names).range(range).padding(0.6);
  const spread = Math.min(14, band.step() / 4 || 14);
  return {
    scale: d3.scaleLinear().domain([0, 1]).range(range), names: names.map(name => [name, band(name)]),
    place: trial => band(Page.shown(value(trial))) + spread * (2 * ((trial.id * turn) % 1) - 1),
  };
};
