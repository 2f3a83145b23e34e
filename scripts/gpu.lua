#!/usr/bin/env mohpo-lua
-- A training script of your own in Python, with one GPU for each slot.
--
-- Four trials run side by side, each in a process of its own that sees one GPU alone. Without GPUs
-- they run on the CPU, and nothing else changes. The script is gpu_train.py, beside this one; it keeps
-- checkpoints, so that a trial that paused continues from where it was.
--
--   mohpo-lua scripts/gpu.lua
--   mohpo-lua --parallel 2 scripts/gpu.lua                    on a machine with two GPUs

local ag = require "mohpo"

local folder = (arg[0] or ""):match "^(.*)/" or "."

local study = ag.experiment {
  space = { width = ag.Int(2, 16, { log = true }), rate = ag.Real(1e-2, 1, { log = true }) },
  objectives = { accuracy = "MAX", parameters = "MIN" },
  scheduler = ag.hyperband { max_t = 9 },
  num_trials = 12,
  parallel_trials = 4,
  seed = 1,
  train = ag.command {
    "python3", folder .. "/gpu_train.py",
    env = { CUDA_VISIBLE_DEVICES = "{slot0}" },       -- slots count from 1, GPUs from 0
  },
}:run()

print(study)
print "\nPareto front, one point a trial"
for _, point in ipairs(study:pareto_front { per = "trial" }) do
  print(("  accuracy %.3f  parameters %3d  after epoch %d on %s"):format(
    point.accuracy, point.parameters, point.epoch, point.device))
end
