/// How the values of one parameter lie on a coordinate.
enum CoordinateScale: Sendable {
    case real(RealDomain)
    /// Integers, by the index of their cells.
    case integer(IntDomain, IndexCells)
    /// A grid of reals, by index.
    case grid(RealDomain, IndexCells)
    /// An order of values, by index.
    case ordinal([Value], numbers: [Value: Int], IndexCells)
    /// Values of which only equality counts, with their numbers.
    case category([Value], numbers: [Value: Int])

    init(_ parameter: Parameter) {
        switch parameter.kind {
        case .choice(let branches): self = .categories(branches.map { .string($0.name) })
        case .domain(let domain): self.init(domain)
        }
    }

    init(_ domain: Domain) {
        switch domain {
        case .int(let domain): self = .integer(domain, IndexCells(domain))
        case .real(let domain):
            self = IndexCells(domain).map { .grid(domain, $0) } ?? .real(domain)
        case .ordinal(let options):
            let count = Double(options.values.count)
            self = .ordinal(
                options.values, numbers: Self.numbers(options.values), IndexCells(count: count))
        case .categorical(let options): self = .categories(options.values)
        case .boolean: self = .categories([.boolean(false), .boolean(true)])
        }
    }

    private static func categories(_ values: [Value]) -> CoordinateScale {
        .category(values, numbers: numbers(values))
    }

    private static func numbers(_ values: [Value]) -> [Value: Int] {
        Dictionary(
            values.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var kind: UnitCubeEncoding.Coordinate.Kind {
        if case .category(let values, _) = self { .category(count: values.count) } else { .number }
    }

    /// Where the best values are believed to lie.
    var prior: CoordinatePrior? {
        let prior: Prior? =
            switch self {
            case .real(let domain), .grid(let domain, _): domain.prior
            case .integer(let domain, _): domain.prior
            case .ordinal, .category: nil
            }
        guard let prior, let center = coordinate(of: .real(prior.value)) else { return nil }
        return CoordinatePrior(center: center, deviation: prior.confidence.deviation)
    }

    var absent: Double {
        if case .category = self {
            UnitCubeEncoding.absentCategory
        } else {
            UnitCubeEncoding.absentNumber
        }
    }

    /// Where a value lies; nil for one that the domain cannot place.
    func coordinate(of value: Value) -> Double? {
        switch self {
        case .real(let domain): value.number.flatMap { domain.fraction(of: $0.double) }
        case .grid(let domain, let cells):
            value.number.flatMap { domain.index(nearest: $0.double) }.map { cells.middle(of: $0) }
        case .integer(let domain, let cells):
            value.number.flatMap(domain.index(nearest:)).map { cells.middle(of: Double($0)) }
        case .ordinal(_, let numbers, let cells):
            numbers[value].map { cells.middle(of: Double($0)) }
        case .category(_, let numbers): numbers[value].map { Double($0) }
        }
    }

    /// The value nearest to a coordinate.
    func value(at coordinate: Double) -> Value {
        let fraction = Self.fraction(coordinate)
        switch self {
        case .real(let domain): return .real(domain.value(atFraction: fraction))
        case .grid(let domain, let cells):
            return .real(domain.value(at: Int(cells.index(at: fraction))))
        case .integer(let domain, let cells):
            let index = cells.index(at: fraction)
            return .integer(
                domain.value(
                    at: UInt(exactly: index).map { min($0, domain.lastIndex) }
                        ?? domain.lastIndex))
        case .ordinal(let values, _, let cells): return values[Int(cells.index(at: fraction))]
        case .category(let values, _): return values[category(of: coordinate)]
        }
    }

    private static func fraction(_ coordinate: Double) -> Double {
        coordinate.isNaN ? UnitCubeEncoding.absentNumber : min(max(coordinate, 0), 1)
    }

    /// The coordinate of the value nearest to a coordinate.
    func snapped(_ coordinate: Double) -> Double {
        switch self {
        case .category: Double(category(of: coordinate))
        // The same without a `Value` in between.
        case .real(let domain):
            domain.fraction(of: domain.value(atFraction: Self.fraction(coordinate))) ?? absent
        case .integer, .grid, .ordinal: self.coordinate(of: value(at: coordinate)) ?? absent
        }
    }

    /// The number of the category at a coordinate; the first for one that there is not.
    func category(of coordinate: Double) -> Int {
        guard case .category(let values, _) = self, let number = Int(exactly: coordinate),
            values.indices.contains(number)
        else { return 0 }
        return number
    }
}
