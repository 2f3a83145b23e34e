---@meta mohpo.data

---@type mohpo.data
local data

return data
