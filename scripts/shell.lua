#!/usr/bin/env mohpo-lua
-- Ask and tell from a shell: shell.sh, beside this script, asks for the trials of this experiment and
-- tells their results. There is no `train`.
--
--   sh scripts/shell.sh

local ag = require "mohpo"

local study = ag.experiment {
  space = { level = ag.Int(1, 9), blocks = ag.Int(1, 4) },
  objectives = { bytes = "MIN", blocks = "MAX" },
  scheduler = ag.hyperband { time_attr = "run", max_t = 1 },
  num_trials = 12,
  parallel_trials = 1,
  seed = 1,
}:run()

print(study)
