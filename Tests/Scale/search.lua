-- A search of known objectives. Arguments: the scheduler's type, how many trials, and how long a report takes, in
-- seconds. Some trials raise an error once, some always, some return early.
local ag = require "mohpo"
local pace = tonumber(arg[3] or 0)

local study = ag.experiment {
  name = "scale",
  space = { x = ag.Real(0, 1), y = ag.Real(0, 1), n = ag.Int(1, 30) },
  objectives = { a = "MIN", b = "MIN" },
  scheduler = ag.hyperband { max_t = 9, type = arg[1] or "stopping" },
  num_trials = tonumber(arg[2] or 60), parallel_trials = 6, seed = 3, retries = 1,
  train = function(args, reporter)
    local state = reporter:restore() or { epoch = 0, tries = 0 }
    for epoch = state.epoch + 1, 9 do
      if args.n == 1 and epoch == 2 and state.tries == 0 then
        reporter:checkpoint { epoch = epoch - 1, tries = 1 }
        error("once")
      end
      if args.n == 2 and epoch == 3 then error("always") end
      if args.n == 3 and epoch == 5 then return end
      if pace > 0 then os.execute("sleep " .. pace) end
      if epoch % 2 == 0 then reporter:checkpoint { epoch = epoch, tries = state.tries } end
      reporter { epoch = epoch, a = args.x + 1 / epoch, b = args.y + (1 - args.x) ^ 2 + 1 / epoch }
    end
  end,
}:run()

for _, point in ipairs(study:pareto_front()) do print(point) end
