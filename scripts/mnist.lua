#!/usr/bin/env mohpo-lua
-- Multi-objective Hyperband on MNIST: accuracy against prediction time.
--
-- AutoGluon's notebook of this name, as a Lua script. It searches the shape and the training of a
-- small perceptron for networks that are accurate *and* fast, and stops poor trials early.
--
--   mohpo-lua scripts/mnist.lua            writes mnist.svg and mnist.html beside you
--   mohpo-lua check scripts/mnist.lua      shows what would be run

local ag   = require "mohpo"
local nn   = require "mohpo.nn"
local data = require "mohpo.data"

local mnist = data.load "mnist"           -- `mohpo-lua data fetch mnist` brings it

-- One trial: train for as long as the scheduler lets it, report after every epoch.
local function train(args, reporter)
  local hidden = {}
  for i = 1, args.n_layers do hidden[i] = args["layer_" .. i] end

  local mlp = nn.MLPClassifier {
    hidden_layer_sizes = hidden,
    alpha = args.alpha,
    learning_rate_init = args.learning_rate_init,
    beta_1 = args.beta_1,
    beta_2 = args.beta_2,
    tol = args.tol,
  }

  for epoch = 1, args.epochs do
    mlp:partial_fit(mnist.train)
    reporter {
      epoch = epoch,
      train_score = mlp:score(mnist.train),
      test_score = mlp:score(mnist.test),
      prediction_time = mlp:time_predict(mnist.train),   -- seconds for the 60,000 images
    }
  end
end

local objectives = { test_score = "MAX", prediction_time = "MIN" }

local experiment = ag.experiment {
  name = "mnist",
  space = {
    n_layers = ag.Int(1, 4),
    layer_1 = ag.Int(2, 32),
    layer_2 = ag.Int(2, 32),
    layer_3 = ag.Int(2, 32),
    layer_4 = ag.Int(2, 32),
    alpha = ag.Real(1e-6, 1e-1, { log = true }),
    learning_rate_init = ag.Real(1e-6, 1e-2, { log = true }),
    beta_1 = ag.Real(0.001, 0.99, { log = true }),
    beta_2 = ag.Real(0.001, 0.99, { log = true }),
    tol = ag.Real(1e-5, 1e-2, { log = true }),
    epochs = 50,
  },
  objectives = objectives,
  scheduler = ag.hyperband {
    time_attr = "epoch", max_t = 50, grace_period = 1, reduction_factor = 3,
    brackets = 1, type = "stopping",
  },
  searcher = "random",
  -- To switch to the model, which needs fewer epochs: type = "model" above, and no searcher.
  scalarization_options = { algorithm = "random_weights", num_weights = 100 },
  -- scalarization_options = { algorithm = "parego", rho = 0.05 },
  num_trials = 10,
  seed = 1,
  train = train,
}

local study = experiment:run()
print(study)

-- The histories: what every trial reported, epoch by epoch.
print("\ntrial  state      epochs  last test score  prediction time")
for _, trial in ipairs(study.trials) do
  local last = trial.reports[#trial.reports]
  print(("%5d  %-9s  %6d  %15s  %s"):format(
    trial.id, trial.state, #trial.reports,
    last and ("%.4f"):format(last.test_score) or "-",
    last and ("%.1f ms"):format(last.prediction_time * 1000) or "-"))
end

-- The Pareto front: no other report is at least as accurate and as fast, and better in one.
local front = study:pareto_front()
print("\nPareto front")
for _, point in ipairs(front) do
  print(("  trial %2d after epoch %2d: test score %.4f, %5.1f ms"):format(
    point.trial, point.epoch, point.test_score, point.prediction_time * 1000))
end
print("the knee: " .. tostring(study:knee()))

-- All points with the front marked, as a picture and as a page that shows more under the mouse.
study:plot "mnist.svg"
study:plot "mnist.html"

-- The same front from the plain history: post-processing needs no study.
local same = ag.pareto_front(study.history, objectives)
assert(#same == #front)
