-- A search of known objectives in which every report takes two milliseconds. Argument: the scheduler's type.
local ag = require "mohpo"

ag.experiment {
  space = { x = ag.Real(0, 1), y = ag.Real(0, 1) },
  objectives = { a = "MIN", b = "MIN" },
  scheduler = ag.hyperband { max_t = 27, type = arg[1], brackets = arg[1] == "model" and 1 or 2 },
  num_trials = 60, seed = 3,
  train = function(args, reporter)
    for epoch = 1, 27 do
      local due = os.clock() + 0.002
      while os.clock() < due do end
      reporter { epoch = epoch, a = args.x + 1 / epoch, b = args.y + (1 - args.x) ^ 2 + 1 / epoch }
    end
  end,
}:run()
