-- The study of the benchmark; its trials run in simulated agents. Arguments: type, slots, how many trials.
local ag = require "mohpo"
ag.experiment {
  name = "bench", space = { x = ag.Real(0, 1), y = ag.Real(0, 1) }, objectives = { a = "MIN", b = "MIN" },
  scheduler = ag.hyperband { max_t = 27, type = arg[1] }, order = "arrival",
  num_trials = tonumber(arg[3]), parallel_trials = tonumber(arg[2]), seed = 1,
  train = function() error("the trials of this study run in simulated agents") end,
}:run()
