internal import Engine
internal import RealModule

/// The cells that the values of a parameter fall into: at most 50 of a number, one for each choice.
struct ParameterGrid {
    private enum Cells {
        /// From `low` in steps, in the logarithm where `log` says so.
        case numbers(low: Double, step: Double, log: Bool)
        case values([Value])
    }

    private static let limit = 50

    /// How many cells there are; 1 where nothing varies.
    let count: Int
    /// Whether neighbouring cells are alike.
    let isOrdered: Bool
    private let cells: Cells

    /// The cells of a parameter.
    init(_ kind: Parameter.Kind) {
        switch kind {
        case .choice(let branches): self.init(branches.map { .string($0.name) }, isOrdered: false)
        case .domain(.boolean): self.init([.boolean(false), .boolean(true)], isOrdered: false)
        case .domain(.categorical(let options)): self.init(options.values, isOrdered: false)
        case .domain(.ordinal(let options)): self.init(options.values, isOrdered: true)
        case .domain(.real(let domain)):
            self.init(
                domain.lo, domain.hi, log: domain.log,
                count: domain.step.map { Self.steps(from: domain.lo, to: domain.hi, by: $0) }
                    ?? Self.limit)
        case .domain(.int(let domain)):
            let (low, high) = (Double(domain.lo), Double(domain.hi))
            let doublings = Int(Double.log2(high - low + 1).rounded(.up)) + 1
            self.init(
                low, high, log: domain.log,
                count: domain.log
                    ? doublings : Self.steps(from: low, to: high, by: Double(domain.step)))
        }
    }

    private init(_ low: Double, _ high: Double, log: Bool, count: Int) {
        isOrdered = true
        self.count = low < high ? min(count, Self.limit) : 1
        let (first, last) = log ? (Double.log(low), Double.log(high)) : (low, high)
        cells = .numbers(
            low: first, step: (last - first) / Double(max(1, self.count - 1)), log: log)
    }

    private init(_ values: [Value], isOrdered: Bool) {
        (count, self.isOrdered, cells) = (values.count, isOrdered, .values(values))
    }

    /// How many values there are from `low` on; more than the limit for all that are too many.
    private static func steps(from low: Double, to high: Double, by step: Double) -> Int {
        let steps = ((high - low) / step).rounded()
        return steps < Double(limit) ? Int(steps) + 1 : limit
    }

    /// The cell of a value; nil for one that is not of the parameter.
    func cell(of value: Value) -> Int? {
        switch cells {
        case .values(let values): return values.firstIndex(of: value)
        case .numbers(let low, let step, let log):
            guard let number = value.number?.double, number.isFinite else { return nil }
            guard step > 0 else { return 0 }
            let place = ((log ? Double.log(number) : number) - low) / step
            guard !place.isNaN else { return nil }
            // Half-way between two cells it is the lower one.
            return Int(max(0, min(Double(count - 1), (place - 0.5).rounded(.up))))
        }
    }

    /// The density of values, given by cell; at least one.
    func density(of values: [Int]) -> GridDensity {
        var counts = Array(repeating: 0, count: count)
        for cell in values { counts[cell] += 1 }
        return isOrdered ? .ofNumbers(counts) : .ofChoices(counts)
    }
}
