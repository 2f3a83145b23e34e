import NN
import Platform
import Synchronization
import Testing

/// Networks whose buffers are moved out of memory and come back.
@Suite struct StoringTests {
    private let data: Dataset
    private let numbers: Dataset

    init() throws {
        let features = (0..<90).map { row in
            (0..<4).map { column -> Float in
                let step: Int = (row * 7 + column * 3) % 13
                return Float(step) / 6 - 1
            }
        }
        data = try Dataset(features: features, labels: (0..<90).map { .integer($0 % 3) })
        numbers = try Dataset(
            features: features.flatMap { $0 }, columns: 4, values: features.map { $0[0] * $0[1] })
    }

    private func options(_ solver: Solver = .adam, width: Int = 9) -> MLPOptions {
        var options = MLPOptions()
        options.hiddenLayerSizes = [width, 5]
        options.solver = solver
        options.batchSize = 20
        options.maxIter = 5
        options.seed = 3
        return options
    }

    @Test(arguments: [Solver.adam, .sgd]) func trainingGoesOnWithTheSameBits(
        solver: Solver
    ) throws {
        let store = BufferStore()
        let (stays, moves) = (
            try MLPClassifier(options(solver)), try MLPClassifier(options(solver))
        )
        for _ in 0..<3 {
            for network in [stays, moves] { try network.partialFit(data) }
            #expect(try moves.moveOut(to: store) > 0)
            #expect(try moves.moveOut(to: store) == 0)
            #expect(try moves.loss(data) == stays.loss(data))
            #expect(try moves.moveOut(to: store) > 0)
        }
        #expect(try moves.serialized() == stays.serialized())
        #expect(store.size == 0)
    }

    @Test func aNetworkWithoutAnOptimizerComesBack() throws {
        let store = BufferStore()
        let (stays, moves) = (
            try MLPRegressor(options(.lbfgs)), try MLPRegressor(options(.lbfgs))
        )
        for network in [stays, moves] { try network.fit(numbers) }
        #expect(try moves.moveOut(to: store) > 0)
        #expect(try moves.predict(numbers) == stays.predict(numbers))
        #expect(moves.weights == stays.weights)
    }

    @Test func aNetworkThatIsNotTrainedHasNothingToMove() throws {
        let network = try MLPClassifier(options())
        network.forgetScratch()
        #expect(try network.moveOut(to: BufferStore()) == 0)
    }

    @Test func roomInTheFileIsUsedAgain() throws {
        let store = BufferStore()
        let networks = try [9, 9, 9].map { try MLPClassifier(options(width: $0)) }
        let large = try MLPClassifier(options(width: 16))
        for network in networks + [large] { try network.partialFit(data) }
        let bytes = try networks.map { try $0.moveOut(to: store) }
        #expect(store.size == bytes.reduce(0, +))
        for network in networks.prefix(2) { try network.partialFit(data) }
        #expect(try networks[1].moveOut(to: store) == bytes[1])
        #expect(store.size == 3 * bytes[0])
        try networks[1].partialFit(data)
        // Two neighbours make room for what neither has room for.
        #expect(try (bytes[0] + 1...2 * bytes[0]).contains(large.moveOut(to: store)))
        #expect(store.size == 3 * bytes[0])
        // The third stays where it is to the end.
        withExtendedLifetime(networks) {}
    }

    private final class Budget: MemoryBudget {
        let held = Atomic(0)
        let limit = Atomic(Int.max / 2)

        func take(_ bytes: Int) -> Bool {
            guard held.load(ordering: .relaxed) + bytes <= limit.load(ordering: .relaxed) else {
                return false
            }
            held.wrappingAdd(bytes, ordering: .relaxed)
            return true
        }
        func give(_ bytes: Int) { held.wrappingSubtract(bytes, ordering: .relaxed) }
    }

    @Test func theMemoryIsGivenBack() throws {
        let budget = Budget()
        func held() -> Int { budget.held.load(ordering: .relaxed) }
        let (stays, moves) = (try MLPClassifier(options()), try MLPClassifier(options()))
        try stays.partialFit(data)
        try MemoryBudgets.$current.withValue(budget) {
            try moves.partialFit(data)
            _ = try moves.score(data)
            let all = held()
            moves.forgetScratch()
            let needed = held()
            #expect(needed > 0 && needed < all / 2)
            #expect(try moves.moveOut(to: BufferStore()) == needed)
            #expect(held() == 0)

            budget.limit.store(needed - 1, ordering: .relaxed)
            #expect(throws: OutOfMemory.self) { try moves.score(data) }
            #expect(held() == 0)
            budget.limit.store(Int.max / 2, ordering: .relaxed)
            #expect(try moves.score(data) == stays.score(data))
        }
    }

    @Test func whereNoFileCanBeMadeTheyStay() throws {
        let store = BufferStore { try UnlinkedFile(in: "/nowhere/at/all") }
        let network = try MLPClassifier(options())
        try network.partialFit(data)
        let weights = network.weights
        let error = #expect(throws: BufferStoreError.self) { try network.moveOut(to: store) }
        #expect(error?.error == .system(ENOENT) && error?.isReading == false)
        #expect(network.weights == weights)
    }
}
