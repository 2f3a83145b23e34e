-- The study of `search.sql` and `search.json`, with what is hard to read. Made with
--
--   mohpo-lua --quiet --study search.db search.lua first       (exits when it is interrupted)
--   mohpo-lua --quiet --study search.db --resume search.lua
--   sqlite3 -readonly search.db .dump > search.sql
--   mohpo-lua export search.db --format json > search.json
local ag = require "mohpo"
local ppid = io.popen("echo $PPID"):read "l"

ag.experiment {
  name = "search",
  space = {
    width = ag.Int(2, 64, { log = true }), rate = ag.Real(1e-4, 1e-1, { log = true }), flag = ag.Bool(),
    opt = ag.Choice { sgd = { momentum = ag.Real(0, 0.9) }, adam = { beta = ag.Real(0.5, 0.99) } },
    trial = ag.Int(1, 3), Width = ag.Int(1, 3), layers = { ag.Int(1, 4), ag.Int(1, 4) },
    plan = ag.Categorical({ { x = 1.5 }, { x = 2 }, { 1, 2 } }), epochs = 9,
  },
  objectives = { { "accuracy", "MAX", tolerance = 0.01 }, { "latency", "MIN" } },
  constraints = { latency = { max = 60 } },
  scheduler = ag.hyperband { type = "promotion" },
  num_trials = 20, seed = 3, parallel_trials = 2, retries = 1,
  train = function(args, reporter)
    for epoch = 1, 9 do
      local accuracy = 1 - 1 / (epoch + args.width * 0.1) - math.abs(math.log(args.rate / 0.01)) * 0.05
      if args.width == 3 then accuracy = 0 / 0 end
      if args.width > 50 and epoch == 3 then accuracy = -1 / 0 end
      if args.trial == 2 and epoch == 2 then error "out of luck" end
      reporter { epoch = epoch, accuracy = accuracy, latency = args.width + (args.flag and 0.5 or 0),
        Latency = epoch * 2, seconds = 1 }
      if arg[1] == "first" and reporter.trial == 9 then io.popen("kill -INT " .. ppid .. "; sleep 0.3"):close() end
    end
  end,
}:run()
