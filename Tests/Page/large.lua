-- A study for measurements of the page: large.lua SHAPE REPORTS. Of shape "long" every trial reports 81
-- times, of shape "short" about four times.
local ag = require "mohpo"
local shape, reports = arg[1], tonumber(arg[2])

ag.experiment {
  name = shape .. " " .. reports, seed = 7, parallel_trials = 4,
  num_trials = shape == "long" and reports // 81 + 1 or reports * 27 // 100,
  space = {
    rate = ag.Real(1e-5, 1, { log = true }), width = ag.Int(1, 512),
    kind = ag.Categorical("a", "b", "c"), drop = ag.Real(0, 1),
  },
  objectives = { { "accuracy", "MAX" }, { "latency", "MIN" } },
  scheduler = ag.hyperband {
    time_attr = "epoch", max_t = 81, grace_period = shape == "long" and 81 or 1,
    type = "stopping" },
  train = function(args, reporter)
    for epoch = 1, 81 do
      reporter {
        epoch = epoch, loss = args.drop + 1 / epoch,
        accuracy = 1 - math.abs(math.log(args.rate) + 6) / 20 - 1 / (epoch + args.width / 50),
        latency = args.width * (1 + args.drop) * (1 + 0.01 * math.random()),
      }
    end
  end,
}:run()
