-- type = "stopping"
local ag = require "mohpo"
return { scheduler = ag.hyperband { type = "stopping" } }
