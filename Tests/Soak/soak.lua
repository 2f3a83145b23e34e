-- Short trials in many experiments one after another, each dropped when it has ended: the memory of the
-- process stays what it was after the first two, when the allocator has been through all that there is.
-- Arguments: how many experiments, of how many trials.
local ag, nn, data = require "mohpo", require "mohpo.nn", require "mohpo.data"

local experiments, trials = tonumber(arg[1]), tonumber(arg[2])
local points = data.table({ { 0, 1 }, { 1, 0 }, { 1, 1 }, { 0, 0 } }, { "a", "a", "b", "b" })

-- What a study keeps is gone with it. A trial may end in every way there is.
local function run(seed)
  local study = ag.experiment {
    space = { x = ag.Real(0, 1), kind = ag.Categorical("plain", "network", "error", "early") },
    objectives = { loss = "MIN", size = "MIN" },
    scheduler = ag.hyperband { max_t = 3, type = 'stopping' },
    num_trials = trials, seed = seed,
    train = function(args, reporter)
      if args.kind == "error" then error "on purpose" end
      local net = args.kind == "network" and nn.MLPClassifier { hidden_layer_sizes = { 2 } }
      for epoch = 1, args.kind == "early" and 1 or 3 do
        if net then net:partial_fit(points) end
        reporter { epoch = epoch, loss = args.x / epoch, size = net and net.n_parameters or 0 }
      end
    end,
  }:run()
  assert(#study == trials and #study:pareto_front() > 0 and #study.history > 0)
end

-- Bytes of memory the process occupies (Linux).
local function resident()
  collectgarbage()
  collectgarbage()
  local file <close> = assert(io.open "/proc/self/statm")
  return tonumber(file:read "a":match "^%d+ (%d+)") * 4096
end

run(1)
run(2)
local first = resident()
for seed = 3, experiments do run(seed) end
local last = resident()
print(("%d trials: %.1f MB after the first %d, %.1f MB at the end (%+.1f %%)"):format(
  experiments * trials, first / 2 ^ 20, 2 * trials, last / 2 ^ 20, 100 * (last / first - 1)))
os.exit(math.abs(last / first - 1) <= 0.1)
