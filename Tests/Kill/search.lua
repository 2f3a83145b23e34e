-- A search of known objectives in which every report takes two milliseconds. Arguments: the scheduler's type, and
-- when trials take a checkpoint: none, before, after or between reports. With checkpoints some trials raise an error
-- once, which their checkpoint tells them, and some always.
local ag = require "mohpo"
local order = arg[2] or "none"

ag.experiment {
  space = { x = ag.Real(0, 1), y = ag.Real(0, 1), n = ag.Int(1, 12) },
  objectives = { a = "MIN", b = "MIN" },
  scheduler = ag.hyperband { max_t = 27, type = arg[1], brackets = arg[1] == "model" and 1 or 2 },
  num_trials = 60, seed = 3, retries = 2,
  train = function(args, reporter)
    local state = reporter:restore() or { epoch = 0, tries = 0 }
    local function keep(epoch, tries) reporter:checkpoint { epoch = epoch, tries = tries or state.tries } end
    for epoch = state.epoch + 1, 27 do
      if order ~= "none" and args.n == 1 and epoch == 3 and state.tries == 0 then
        keep(epoch - 1, 1)
        error("once")
      end
      if args.n == 2 and epoch == 5 then error("always") end
      local due = os.clock() + 0.002
      while os.clock() < due do end
      if order == "before" or order == "between" and epoch % 2 == 0 then keep(epoch) end
      reporter { epoch = epoch, a = args.x + 1 / epoch, b = args.y + (1 - args.x) ^ 2 + 1 / epoch }
      if order == "after" or order == "between" and epoch % 3 == 0 then keep(epoch) end
    end
  end,
}:run()
