-- type = "model"
local ag = require "mohpo"
return { scheduler = ag.hyperband { type = "model" } }
