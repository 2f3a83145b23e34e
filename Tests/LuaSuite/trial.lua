-- Runs one file of Lua's own test suite from inside a trial, as its `all.lua` would with `_U`:
-- mohpo-lua trial.lua FILE
local ag = require "mohpo"
local file = ...

-- Lines that assert that they run on the main thread, which a trial does not. They are left out and
-- nothing else is. Their numbers are those of tag v5.4.4.
local asserts_main_thread = {
  ["coroutine.lua"] = {
    [11] = "^assert%(type%(main%) == \"thread\" and ismain%)$",
    [12] = "^assert%(not coroutine%.resume%(main%)%)$",
    [13] = "^assert%(not coroutine%.isyieldable%(main%) and not coroutine%.isyieldable%(%)%)$",
    [14] = "^assert%(not pcall%(coroutine%.yield%)%)$",
  },
  ["errors.lua"] = { [344] = "^checkmessage%(\"coroutine%.yield%(%)\", \"outside a coroutine\"%)$" },
}

local function source(name)
  local left_out, lines = asserts_main_thread[name] or {}, {}
  for line in io.lines(name) do
    local expected = left_out[#lines + 1]
    if expected then
      assert(line:find(expected), name .. ":" .. #lines + 1 .. " is not the line that is left out")
      line = ""
    end
    if #lines == 0 and line:find "^#" then line = "" end
    lines[#lines + 1] = line
  end
  return table.concat(lines, "\n")
end

-- What `all.lua` sets for its files.
_soft, _port, _nomsg, _U = true, true, true, true
ARG = arg
function Message() end

local chunk = assert(load(source(file), "@" .. file))
local study = ag.experiment {
  space = { x = ag.Real(0, 1) },
  objectives = { loss = "MIN" },
  scheduler = ag.hyperband { max_t = 1 },
  num_trials = 1,
  train = function(_, reporter)
    assert(coroutine.isyieldable())
    debug = nil
    chunk()
    reporter { epoch = 1, loss = 0 }
  end,
}:run()

local trial = study.trials[1]
if trial.state ~= "completed" then
  io.stderr:write(trial.error, "\n")
  os.exit(1)
end
