#!/usr/bin/env mohpo-lua
-- Several experiments in one script: which ranking gives the better front for the same work?
--
-- A small network learns to tell two spirals apart. Each of the three rankings searches five times,
-- from other seeds, for networks that are accurate *and* small. Compared are the hypervolume of
-- the front (how much of the objective space it covers, more is better) and the epochs it took.
-- With two objectives, random_weights and parego mostly agree: both favour what is best in one of
-- them. Sorting by fronts also lets the middle continue.
--
--   mohpo-lua scripts/rankings.lua        takes about a second; writes rankings.csv beside you

local ag   = require "mohpo"
local nn   = require "mohpo.nn"
local data = require "mohpo.data"

-- Data made by the script, the same whatever `--seed` says.
math.randomseed(1)
local points, spirals = {}, {}
for i = 1, 1000 do
  local radius, spiral = math.random(), i % 2
  local angle = 9 * radius + math.pi * spiral
  points[i] = {
    radius * math.cos(angle) + 0.05 * math.random(),
    radius * math.sin(angle) + 0.05 * math.random(),
  }
  spirals[i] = spiral
end
local train, test = data.table(points, spirals):split(0.7, { seed = 1, stratify = true })

local function search(ranking, seed)
  local experiment = ag.experiment {
    name = ("%s, seed %d"):format(ranking, seed),
    space = {
      width = ag.Int(2, 64, { log = true }),
      layers = ag.Int(1, 3),
      rate = ag.Real(1e-3, 1e-1, { log = true }),
    },
    objectives = { accuracy = "MAX", parameters = "MIN" },
    scheduler = ag.hyperband { max_t = 81, type = "stopping" },
    scalarization_options = { algorithm = ranking },
    num_trials = 30,
    seed = seed,
    train = function(args, reporter)
      local hidden = {}
      for i = 1, args.layers do hidden[i] = args.width end
      local mlp = nn.MLPClassifier { hidden_layer_sizes = hidden, learning_rate_init = args.rate }
      for epoch = 1, 81 do
        mlp:partial_fit(train)
        reporter { epoch = epoch, accuracy = mlp:score(test), parameters = mlp.n_parameters }
      end
    end,
  }
  return experiment:run()
end

-- Fronts are compared from one reference point: the worst accuracy and size that count.
local reference = { accuracy = 0.5, parameters = 9000 }

local lines = { "ranking,seed,hypervolume,epochs" }
print "ranking         hypervolume  epochs"
for _, ranking in ipairs { "random_weights", "parego", "nondominated", "hypervolume" } do
  local volume, epochs = 0.0, 0.0
  for seed = 1, 5 do
    local study = search(ranking, seed)
    local here, used = study:hypervolume { reference = reference }, 0
    for _, reports in ipairs(study.history) do used = used + #reports end
    lines[#lines + 1] = ("%s,%d,%.1f,%d"):format(ranking, seed, here, used)
    volume, epochs = volume + here / 5, epochs + used / 5
  end
  print(("%-14s  %11.0f  %6.0f"):format(ranking, volume, epochs))
end

local file <close> = assert(io.open("rankings.csv", "w"))
file:write(table.concat(lines, "\n"), "\n")
