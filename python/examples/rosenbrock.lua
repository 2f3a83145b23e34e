local ag = require "mohpo"
ag.experiment {
  space = { x0 = ag.Real(-5, 10, { default = -3 }), x1 = ag.Real(-5, 10, { default = -4 }) },
  objectives = { cost = "MIN" }, scheduler = ag.hyperband { max_t = 1 }, searcher = "gp",
  num_trials = 100,
}:run()
