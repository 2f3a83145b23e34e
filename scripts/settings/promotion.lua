-- type = "promotion"
local ag = require "mohpo"
return { scheduler = ag.hyperband { type = "promotion" } }
