-- Random configurations that all run to the end
local ag = require "mohpo"
return { scheduler = ag.hyperband { max_t = 27, type = "stopping", rung_levels = { 27 } } }
