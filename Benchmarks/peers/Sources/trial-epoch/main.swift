import NN

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// trial-epoch FOLDER LAYERS: does one trial-epoch for each line on standard input and answers with
// the four times in seconds and the test score.

let folder = CommandLine.arguments[1]
let layers = CommandLine.arguments[2].split(separator: ",").compactMap { Int($0) }

func load(_ part: String) throws -> Dataset {
    try Dataset(
        idxImages: "\(folder)/\(part)-images-idx3-ubyte",
        labels: "\(folder)/\(part)-labels-idx1-ubyte")
}

let train = try load("train")
let test = try load("t10k")
var options = MLPOptions()
options.hiddenLayerSizes = layers
options.seed = 1
let classifier = try MLPClassifier(options)
let clock = ContinuousClock()

while readLine() != nil {
    var testScore = 0.0
    let times = [
        try clock.measure { try classifier.partialFit(train) },
        try clock.measure { _ = try classifier.score(train) },
        try clock.measure { testScore = try classifier.score(test) },
        try clock.measure { _ = try classifier.timePredict(train) },
    ]
    print(times.map { "\($0 / .seconds(1))" }.joined(separator: " ") + " \(testScore)")
    fflush(nil)
}
