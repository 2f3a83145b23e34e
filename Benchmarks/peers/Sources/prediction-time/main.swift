import Foundation
import NN
import Synchronization

// prediction-time FOLDER LAYERS THREADS [RUNS]: how far 20 figures for one prediction time lie apart
// while other threads are busy, by `timePredict` and by a clock around `predict`; of half of the
// threads each only counts, the others go through more memory than the caches hold.

let folder = CommandLine.arguments[1]
let layers = CommandLine.arguments[2].split(separator: ",").compactMap { Int($0) }
let busy = Int(CommandLine.arguments[3])!
let runs = CommandLine.arguments.count > 4 ? Int(CommandLine.arguments[4])! : 1

let data = try Dataset(
    idxImages: "\(folder)/train-images-idx3-ubyte", labels: "\(folder)/train-labels-idx1-ubyte")
var options = MLPOptions()
options.hiddenLayerSizes = layers
options.seed = 1
let classifier = try MLPClassifier(options)
try classifier.partialFit(data)
let clock = ContinuousClock()

let isOver = Atomic(false)
for number in 0..<busy {
    Thread.detachNewThread {
        var memory = [UInt8](repeating: 0, count: number % 2 == 0 ? 1 : 64 << 20)
        while !isOver.load(ordering: .relaxed) {
            for place in stride(from: 0, to: memory.count, by: 64) { memory[place] &+= 1 }
        }
    }
}

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
}

func places(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

/// For each way of measuring the spread of each run's figures, in per cent of their median.
var spreads = ["timePredict": [Double](), "clock": []]
var costs: [Double] = []
for _ in 0..<runs {
    // Both by turns, so that they meet the same load.
    var figures = ["timePredict": [Double](), "clock": []]
    for _ in 0..<20 {
        var time = 0.0
        costs.append(try clock.measure { time = try classifier.timePredict(data) } / .seconds(1))
        figures["timePredict"]!.append(time)
        figures["clock"]!.append(
            try clock.measure { _ = try classifier.predict(data) } / .seconds(1))
    }
    for name in ["timePredict", "clock"] {
        let values = figures[name]!
        let spread = (values.max()! - values.min()!) / median(values) * 100
        spreads[name]!.append(spread)
        print(
            "\(name): median \(places(median(values) * 1000, 3)) ms, "
                + "spread of 20 figures \(places(spread, 1)) %, \(busy) busy threads")
    }
}
isOver.store(true, ordering: .relaxed)

if runs > 1 {
    for name in ["timePredict", "clock"] {
        let sorted = spreads[name]!.sorted()
        print(
            "\(name): spreads of \(runs) runs: median \(places(median(sorted), 1)) %, greatest "
                + "\(places(sorted.last!, 1)) %, \(sorted.count { $0 < 10 }) of them below 10 %")
    }
}
print("one timePredict takes \(places(median(costs) * 1000, 1)) ms, waiting for a core included")
