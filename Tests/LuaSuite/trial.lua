-- Runs one file of Lua's own test suite, as `all.lua` would with _U, from inside a trial:
-- mohpo-lua trial.lua FILE
local ag = require "mohpo"
local file = ...

_soft, _port, _nomsg, _U = true, true, true, true
ARG = arg
function Message() end

local study = ag.experiment {
  space = { x = ag.Real(0, 1) },
  objectives = { loss = "MIN" },
  scheduler = ag.hyperband { max_t = 1 },
  num_trials = 1,
  train = function(_, reporter)
    assert(coroutine.isyieldable())
    debug = nil
    dofile(file)
    reporter { epoch = 1, loss = 0 }
  end,
}:run()

local trial = study.trials[1]
if trial.state ~= "completed" then
  io.stderr:write(trial.error, "\n")
  os.exit(1)
end
