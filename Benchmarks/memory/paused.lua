-- paused.lua TRIALS: pauses so many trials of a network of 784-32-32-10, each after one pass over 10,000
-- images of MNIST, and ends. None is promoted, as its rung waits for more trials than there are.

local ag = require "mohpo"
local nn = require "mohpo.nn"
local data = require "mohpo.data"

local trials = tonumber(arg[1])
local images = data.load("mnist").test
ag.experiment {
  name = "paused",
  space = { rate = ag.Real(1e-4, 1e-2, { log = true }) },
  objectives = { loss = "MIN" },
  scheduler = ag.hyperband { max_t = 2 * trials + 4, reduction_factor = 2 * trials + 2, type = "promotion" },
  num_trials = trials,
  train = function(args, reporter)
    local mlp = nn.MLPClassifier { hidden_layer_sizes = { 32, 32 }, learning_rate_init = args.rate }
    for epoch = 1, math.huge do
      mlp:partial_fit(images)
      reporter { epoch = epoch, loss = mlp:loss(images) }
    end
  end,
}:run()
