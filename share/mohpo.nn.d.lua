---@meta mohpo.nn

---@type mohpo.nn
local nn

return nn
