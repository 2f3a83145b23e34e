local ag = require "mohpo"
ag.experiment {
  space = { x = ag.Int(-100, 100) }, objectives = { value = "MIN" },
  scheduler = ag.hyperband { max_t = 1 }, num_trials = 30, parallel_trials = 10,
}:run()
