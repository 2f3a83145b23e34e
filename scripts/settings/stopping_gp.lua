-- type = "stopping", with configurations that the model proposes
local ag = require "mohpo"
return { scheduler = ag.hyperband { type = "stopping" }, searcher = "gp" }
