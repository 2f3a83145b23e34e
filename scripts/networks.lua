#!/usr/bin/env mohpo-lua
-- Networks to compare schedulers and searchers on: the space of mnist.lua, trained on 10,000 images of
-- digits and of clothes; accuracy against the number of parameters and against the prediction time.
--
-- Every experiment spends the epochs of 25 full trials, 1,250 in all.
--
--   mohpo-lua data fetch fashion-mnist
--   mohpo-lua bench scripts/networks.lua --seeds 10 \\
--     --settings scripts/settings/model.lua scripts/settings/stopping.lua
--   make bench-search              the same; ONLY="mnist n_parameters" for one of the four

local ag   = require "mohpo"
local nn   = require "mohpo.nn"
local data = require "mohpo.data"

-- One of the four, or all: the data set's name and the second objective's.
local only = os.getenv "ONLY"
if only == "" then only = nil end

local function experiment(name, cost)
  local images = data.load(name)
  local known, unknown = images.train:subset(1, 10000), images.test
  return ag.experiment {
    name = name .. " " .. cost,
    space = {
      n_layers = ag.Int(1, 4),
      layer_1 = ag.Int(2, 32), layer_2 = ag.Int(2, 32),
      layer_3 = ag.Int(2, 32), layer_4 = ag.Int(2, 32),
      alpha = ag.Real(1e-6, 1e-1, { log = true }),
      learning_rate_init = ag.Real(1e-6, 1e-2, { log = true }),
      beta_1 = ag.Real(0.001, 0.99, { log = true }),
      beta_2 = ag.Real(0.001, 0.99, { log = true }),
      tol = ag.Real(1e-5, 1e-2, { log = true }),
      epochs = 50,
    },
    objectives = { test_score = "MAX", [cost] = "MIN" },
    scheduler = ag.hyperband {},            -- the settings say what decides
    budget = 25 * 50,
    seed = 1,
    train = function(args, reporter)
      local hidden = {}
      for i = 1, args.n_layers do hidden[i] = args["layer_" .. i] end
      local mlp = nn.MLPClassifier {
        hidden_layer_sizes = hidden, alpha = args.alpha,
        learning_rate_init = args.learning_rate_init,
        beta_1 = args.beta_1, beta_2 = args.beta_2, tol = args.tol,
      }
      for epoch = 1, args.epochs do
        mlp:partial_fit(known)
        local report = { epoch = epoch, test_score = mlp:score(unknown) }
        if cost == "prediction_time" then
          report[cost] = mlp:time_predict(known)
        else
          report[cost] = mlp.n_parameters
        end
        reporter(report)
      end
    end,
  }
end

for _, name in ipairs { "mnist", "fashion-mnist" } do
  for _, cost in ipairs { "n_parameters", "prediction_time" } do
    if not only or only == name .. " " .. cost then print(experiment(name, cost):run()) end
  end
end
