import Engine
import Testing

/// A cube of numbers and, last, categories.
struct PlainCube: UnitEncoding {
    var categories: [Int?] = []
    /// Where the best values are believed to lie.
    var beliefs: [CoordinatePrior?] = []

    var priors: [CoordinatePrior?] {
        beliefs.isEmpty ? categories.map { _ in nil } : beliefs
    }

    func priorDistance(of point: [Double]) -> Double {
        zip(priors, point).reduce(0) { $0 + ($1.0?.squaredDistance(to: $1.1) ?? 0) }
    }

    init(numbers: Int, categories: [Int] = []) {
        self.categories = Array(repeating: nil, count: numbers) + categories
    }

    func snap(_ point: [Double]) -> [Double] { point }

    /// A point at random.
    func sample(_ stream: inout RandomStream) -> [Double] {
        categories.map { count in
            count.map { Double(stream.below(UInt64($0))) } ?? stream.unit()
        }
    }
}

/// A study without a conductor: slots take what the model chooses and report at every level.
struct ModelRun {
    /// The costs of a configuration at a resource.
    typealias Problem = (_ point: [Double], _ resource: Resource) -> [Double]

    var model: SlotModel
    private(set) var history: ModelHistory
    let cube: PlainCube
    let problem: Problem
    /// How far a configuration is beyond each constraint at a resource.
    let excesses: Problem
    let seed: Int
    /// In order: `trial 3 at 2`, `new 4`.
    private(set) var log: [String] = []
    private(set) var choices: [ModelChoice] = []
    private(set) var used: Set<[Double]> = []
    private var running: [Int] = []
    private var resources: [Resource] = []
    var permission = SlotModel.Permission()

    init(
        _ cube: PlainCube, levels: [Resource] = [2, 6, 18, 52], objectives: Int = 2, seed: Int = 1,
        settings: ModelSettings = ModelSettings(), earlier: [EncodedEarlierStudy] = [],
        constraints: Int = 0, excesses: @escaping Problem = { _, _ in [] },
        _ problem: @escaping Problem
    ) {
        (self.cube, self.problem, self.seed) = (cube, problem, seed)
        self.excesses = excesses
        history = ModelHistory(
            levels: levels, objectives: objectives, constraints: constraints,
            dimension: cube.categories.count)
        model = SlotModel(
            encoding: cube, seed: seed,
            weights: Weights(
                count: 100, objectives: (0..<objectives).map { "o\($0)" }, seed: seed),
            settings: settings, earlier: earlier)
    }

    /// Fills the slots and lets the trial that has waited longest reach its next level.
    mutating func step(slots: Int = 4) {
        while running.count < slots, fill() {}
        guard !running.isEmpty else { return }
        let trial = running.removeFirst()
        let levels = history.levels
        let resource = levels.first { $0 > resources[trial - 1] }!
        resources[trial - 1] = resource
        let point = history.point(of: trial)
        history.report(
            problem(point, resource), excesses: excesses(point, resource), of: trial,
            at: resource)
        if resource < levels.last! { history.pause(trial) } else { history.end(trial) }
    }

    private mutating func fill() -> Bool {
        let choice = model.choose(history, permission: permission) { used.contains($0) }
        choices.append(choice)
        if let fit = choice.reason.fit { history.note(fit) }
        switch choice.action {
        case .leaveFree: return false
        case .resume(let trial):
            log.append("trial \(trial) at \(resources[trial - 1])")
            history.resume(trial)
            running.append(trial)
        case .start(let point): start(point)
        case .startAtRandom:
            var stream = RandomStream(seed: seed, purpose: "test", resources.count)
            start(cube.sample(&stream))
        }
        return true
    }

    private mutating func start(_ point: [Double]) {
        #expect(used.insert(point).inserted, "a configuration twice")
        resources.append(0)
        log.append("new \(resources.count)")
        history.start(point)
        running.append(resources.count)
    }
}

extension ModelRun {
    /// Two objectives that disagree in the first coordinate, better with more resource. Without a
    /// function of the system, so that its bits are the same everywhere.
    static func curves(_ point: [Double], _ resource: Resource) -> [Double] {
        let slow = 1 / (1 + resource.double * (0.2 + point[1]))
        let off = point.dropFirst(2).reduce(0) { $0 + ($1 - 0.3) * ($1 - 0.3) }
        return [
            point[0] * point[0] + off + slow,
            (1 - point[0]) * (1 - point[0]) + off + 0.5 * slow + 0.1 * point[1],
        ]
    }
}
