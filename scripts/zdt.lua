#!/usr/bin/env mohpo-lua
-- ZDT1, ZDT2 and ZDT3: two objectives whose Pareto front is known, to try the scheduler out.
--
-- Nothing is trained and no time passes: a trial says what its work *would* take as `elapsed`, and
-- ag.simulate runs a thousand trials in less than a second.
--
--   mohpo-lua scripts/zdt.lua           ZDT1, whose front is convex
--   mohpo-lua scripts/zdt.lua 2         ZDT2, concave
--   mohpo-lua scripts/zdt.lua 3         ZDT3, in five pieces
--   mohpo-lua --trials 100 scripts/zdt.lua
--
-- Source: Zitzler, Deb, Thiele 2000, "Comparison of multiobjective evolutionary algorithms".

local ag = require "mohpo"

-- f2 / g as a function of f1 and g; the front is where g = 1.
local shapes = {
  function(f1, g) return 1 - math.sqrt(f1 / g) end,
  function(f1, g) return 1 - (f1 / g) ^ 2 end,
  function(f1, g) return 1 - math.sqrt(f1 / g) - f1 / g * math.sin(10 * math.pi * f1) end,
}

local number = math.tointeger(tonumber(arg[1] or 1)) or 0
local shape = shapes[number] or error("expected a problem from 1 to 3, got " .. tostring(arg[1]), 0)

local epochs = 27

local experiment = ag.experiment {
  name = "zdt" .. number,
  space = {
    x1 = ag.Real(0, 1),
    -- The front is at 0 in these; on a log scale random draws come near it.
    x2 = ag.Real(1e-4, 1, { log = true }),
    x3 = ag.Real(1e-4, 1, { log = true }),
  },
  objectives = { { "f1", "MIN" }, { "f2", "MIN" } },
  scheduler = ag.hyperband { max_t = epochs, type = "stopping" },
  scalarization_options = { algorithm = "nondominated" },
  num_trials = 1000,
  parallel_trials = 8,
  seed = 1,
  train = function(args, reporter)
    local g = 1 + 9 / 2 * (args.x2 + args.x3)
    for epoch = 1, epochs do
      -- Early reports are too high, by less and less: what Hyperband expects of a training.
      local rest = 1 / epoch - 1 / epochs
      reporter {
        epoch = epoch,
        f1 = args.x1,
        f2 = g * shape(args.x1, g) + rest,
        elapsed = epoch * (1 + args.x1),
      }
    end
  end,
}

local study = ag.simulate(experiment)
print(study)

-- The known front, closely spaced, up to the same reference point.
local known = {}
for i = 0, 2000 do
  known[#known + 1] = { f1 = i / 2000, f2 = shape(i / 2000, 1) }
end
local reference = { f1 = 1.1, f2 = 1.1 }
local best = ag.hypervolume(known, { { "f1", "MIN" }, { "f2", "MIN" } }, reference)

print("\nhypervolume of the front found, in % of the known front's")
local step = 1
for _, point in ipairs(study:hypervolume_history { reference = reference }) do
  if point.reports >= step then
    print(("  after %5d reports, %7.0f seconds: %5.1f"):format(
      point.reports, point.time, 100 * point.hypervolume / best))
    step = 2 * point.reports
  end
end
print(("  at the end,          %7.0f seconds: %5.1f"):format(
  study.seconds, 100 * study:hypervolume { reference = reference } / best))
