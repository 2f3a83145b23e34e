import CAllocations
import Foundation
import NN

// allocations FOLDER: counts how often an epoch asks for memory. Epochs of 20 and of 300 batches have
// to ask equally often, else a batch asks as well.

let folder = CommandLine.arguments[1]
let data = try Dataset(
    idxImages: "\(folder)/train-images-idx3-ubyte", labels: "\(folder)/train-labels-idx1-ubyte")
let part = try data.subset(0..<4000)

/// How many allocations one more pass makes.
func count(_ body: () throws -> Void) rethrows -> Int {
    try body()
    let before = count_of_allocations()
    try body()
    return count_of_allocations() - before
}

guard count({ _ = [UInt8](repeating: 0, count: Int.random(in: 1000...2000)).count }) > 0 else {
    print("allocations are not counted on this system")
    exit(2)
}
var isClean = true
for (solver, layers) in [(Solver.adam, [32]), (.adam, [128, 128]), (.sgd, [32, 32])] {
    var options = MLPOptions()
    options.hiddenLayerSizes = layers
    options.solver = solver
    options.seed = 1
    let classifier = try MLPClassifier(options)
    try classifier.partialFit(data)
    let passes: [(String, (Dataset) throws -> Void)] = [
        ("partial_fit", { try classifier.partialFit($0) }),
        ("score", { _ = try classifier.score($0) }),
        ("loss", { _ = try classifier.loss($0) }),
    ]
    for (name, pass) in passes {
        let few = try count { try pass(part) }
        let many = try count { try pass(data) }
        isClean = isClean && few == many
        print("\(solver) \(layers) \(name): \(few) for 20 batches, \(many) for 300")
    }
}
exit(isClean ? 0 : 1)
