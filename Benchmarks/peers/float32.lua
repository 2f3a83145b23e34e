-- float32.lua FOLDER start: saves a network for the rows in FOLDER, trained for one epoch.
-- float32.lua FOLDER EPOCHS: trains FOLDER/start.safetensors on them, in the order they are stored in,
-- and prints the last loss and what it predicts for the test rows, for float32.py.

local nn = require "mohpo.nn"
local data = require "mohpo.data"

local function rows(part)
  return data.npy { features = arg[1] .. "/" .. part .. "_x.npy", labels = arg[1] .. "/" .. part .. "_y.npy" }
end

local start = arg[1] .. "/start.safetensors"
local train = rows "train"
if arg[2] == "start" then
  local network = nn.MLPClassifier { hidden_layer_sizes = { 32 }, batch_size = 50, shuffle = false }
  network:partial_fit(train):save(start)
  return
end
local network = nn.load(start)
for _ = 1, tonumber(arg[2]) do network:partial_fit(train) end
print(network.loss_curve[#network.loss_curve])
for _, label in ipairs(network:predict(rows "test")) do print(label) end
