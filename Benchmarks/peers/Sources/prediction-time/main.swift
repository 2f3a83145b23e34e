import Foundation
import NN
import Synchronization

// prediction-time FOLDER LAYERS THREADS: how far 20 figures for one prediction time lie apart while
// other threads are busy, by `timePredict` and by a clock around `predict`.

let folder = CommandLine.arguments[1]
let layers = CommandLine.arguments[2].split(separator: ",").compactMap { Int($0) }
let busy = Int(CommandLine.arguments[3])!

let data = try Dataset(
    idxImages: "\(folder)/train-images-idx3-ubyte", labels: "\(folder)/train-labels-idx1-ubyte")
var options = MLPOptions()
options.hiddenLayerSizes = layers
options.seed = 1
let classifier = try MLPClassifier(options)
try classifier.partialFit(data)
let clock = ContinuousClock()

let isOver = Atomic(false)
for _ in 0..<busy {
    Thread.detachNewThread {
        while !isOver.load(ordering: .relaxed) {}
    }
}
// Both by turns, so that they meet the same load.
var figures = ["timePredict": [Double](), "clock": []]
for _ in 0..<20 {
    figures["timePredict"]!.append(try classifier.timePredict(data))
    figures["clock"]!.append(try clock.measure { _ = try classifier.predict(data) } / .seconds(1))
}
isOver.store(true, ordering: .relaxed)

for name in ["timePredict", "clock"] {
    let sorted = figures[name]!.sorted()
    let median = (sorted[9] + sorted[10]) / 2
    let spread = (sorted[19] - sorted[0]) / median * 100
    let places = { (value: Double, digits: Double) in (value * digits).rounded() / digits }
    print(
        "\(name): median \(places(median * 1000, 1000)) ms, "
            + "spread of 20 figures \(places(spread, 10)) %, \(busy) busy threads")
}
