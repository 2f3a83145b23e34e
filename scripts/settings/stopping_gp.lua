-- type = "stopping", with configurations that the model proposes
local ag = require "mohpo"
return { scheduler = ag.hyperband { max_t = 27, type = "stopping" }, searcher = "gp" }
