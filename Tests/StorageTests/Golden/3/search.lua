-- Makes the golden study of format 3: metrics that are texts and booleans, what reports keep, a
-- constraint, given configurations, a prior. Argument: the scheduler's type.
local ag = require "mohpo"
local tries = {}
ag.experiment {
  name = "golden",
  space = {
    x = ag.Real(0, 1), n = ag.Int(1, 9), flag = ag.Bool(),
    rate = ag.Real(1e-4, 1, { log = true, prior = { 1e-2, confidence = "medium" } }),
    solver = ag.Choice { a = { width = ag.Int(1, 4) }, b = {} }, size = ag.Ordinal(1, 2, 4),
    label = "constant",
  },
  objectives = { error = "MIN", speed = "MAX" },
  constraints = { cost = { max = 40 } },
  initial = { { x = 0.25, n = 4 }, { n = 8, solver = { name = "b" } } },
  scheduler = ag.hyperband { max_t = 9, type = arg[1] },
  num_trials = 14, seed = 3, parallel_trials = 3, retries = 1,
  train = function(args, reporter)
    if args.n == 3 then error "fails" end
    if args.n == 2 then return end
    local kept = reporter:restore()
    for epoch = kept and kept.epoch + 1 or 1, 9 do
      local error_ = args.x + 1 / epoch
      if args.n == 5 and epoch > 1 then error_ = 0 / 0 end
      reporter:checkpoint { epoch = epoch }
      reporter({
        epoch = epoch, error = error_, speed = args.n * 10 + epoch, cost = args.n * args.size * 3,
        note = epoch % 2 == 0 and "even\0é" or "odd", early = epoch < 5,
      }, { text = ("kept "):rep(args.n), epoch = epoch })
      tries[args.x] = (tries[args.x] or 0) + 1
      if args.flag and epoch == 4 and tries[args.x] == 4 then error("unlucky") end
      if args.n == 7 and epoch == 2 then error("always \"unlucky\"") end
      local due = os.clock() + 0.01
      while os.clock() < due do end
    end
  end,
}:run()
