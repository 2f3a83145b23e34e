#!/usr/bin/env mohpo-lua
-- Any program as a trial: here a shell script stands for a training script.
--
-- The program gets its parameters as arguments, and prints one JSON object an epoch. It knows nothing
-- of mohpo-lua. Four of them run at a time; those that are stopped are gone.
--
--   mohpo-lua scripts/program.lua
--   MOHPO_EPOCH_SECONDS=1 mohpo-lua scripts/program.lua       slower, to watch it

local ag = require "mohpo"

local program = [[
width=$1 rate=$2 epoch=0
while [ $epoch -lt 9 ]; do
  epoch=$((epoch + 1))
  sleep "${MOHPO_EPOCH_SECONDS:-0.01}"
  # The error falls with the width and the epoch; a rate far from 0.1 costs.
  awk -v w="$width" -v r="$rate" -v e="$epoch" 'BEGIN {
    d = log(r / 0.1); if (d < 0) d = -d
    printf "{\"epoch\": %d, \"error\": %.6f, \"size\": %d}\n", e, 1 / sqrt(w) + d / 10 + 1 / e, w
  }'
  echo "epoch $epoch is done"               # what is no report is in the log
done
]]

local study = ag.experiment {
  space = { width = ag.Int(4, 64, { log = true }), rate = ag.Real(1e-3, 1, { log = true }) },
  objectives = { error = "MIN", size = "MIN" },
  scheduler = ag.hyperband { max_t = 9 },
  num_trials = 12,
  seed = 1,
  train = ag.command { "sh", "-c", (program:gsub("{", "{{")), "train.sh", "{width}", "{rate}" },
}:run()

print(study)
print "\nPareto front, one point a trial"
for _, point in ipairs(study:pareto_front { per = "trial" }) do
  print(("  error %.3f  size %2d  after epoch %d"):format(point.error, point.size, point.epoch))
end
