-- type = "stopping"
local ag = require "mohpo"
return { scheduler = ag.hyperband { max_t = 27, type = "stopping" } }
