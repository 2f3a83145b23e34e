-- saved_network.lua FOLDER: trains two small networks, saves them, and prints what they predict, for
-- saved_network.py to compute from the files.

local nn = require "mohpo.nn"
local data = require "mohpo.data"

local features, classes, numbers = {}, {}, {}
for row = 1, 60 do
  features[row] = { row % 7 / 7, row % 5 / 5, row % 3 / 3 }
  classes[row] = ({ "a", "b", "c" })[row % 3 + 1]
  numbers[row] = features[row][1] - features[row][2]
end
local options = { hidden_layer_sizes = { 8, 5 }, activation = "tanh", max_iter = 20, seed = 1 }

local classifier = nn.MLPClassifier(options)
classifier:fit(data.table(features, classes))
classifier:save(arg[1] .. "/classifier.safetensors")
local regressor = nn.MLPRegressor(options)
regressor:fit(data.table(features, numbers, { regression = true }))
regressor:save(arg[1] .. "/regressor.safetensors")

local all = data.table(features, classes)
local probabilities, values = classifier:predict_proba(all), regressor:predict(all)
for row = 1, #features do
  print(table.concat(features[row], " "), table.concat(probabilities[row], " "), values[row])
end
