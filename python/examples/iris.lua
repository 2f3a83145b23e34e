local ag = require "mohpo"
ag.experiment {
  space = { alpha = ag.Real(0, 1) }, objectives = { accuracy = "MAX" },
  scheduler = ag.hyperband { max_t = 100, brackets = 5 }, num_trials = 20,
}:run()
