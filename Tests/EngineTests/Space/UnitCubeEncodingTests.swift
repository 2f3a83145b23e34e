import Engine
import EngineTesting
import Foundation
import Testing

@Suite("The encoding to the unit cube")
struct UnitCubeEncodingTests {
    static func encoding(_ domain: Domain) throws -> UnitCubeEncoding {
        UnitCubeEncoding(try SearchSpace([.init("x", .domain(domain))]))
    }

    static func coordinate(_ value: Value, _ domain: Domain) throws -> Double {
        try encoding(domain).encode(Configuration([.init("x", value)]))[0]
    }

    static func value(_ coordinate: Double, _ domain: Domain) throws -> Value? {
        try encoding(domain).decode([coordinate])["x"]
    }

    /// Domains of every kind, ordinary and extreme.
    static let domains: [Domain] = {
        func make(_ make: () throws -> Domain) -> Domain {
            do { return try make() } catch { preconditionFailure("\(error)") }
        }
        let choices: [Value] = ["b", .integer(1), .real(0.5), .boolean(true), .list(["a"])]
        let widest = Double.greatestFiniteMagnitude
        return [
            .boolean,
            make { .categorical(try Options(choices)) }, make { .ordinal(try Options(choices)) },
            make { .int(try IntDomain(1, 4)) }, make { .int(try IntDomain(-7, 30, step: 5)) },
            make { .int(try IntDomain(2, 256, log: true)) },
            make { .int(try IntDomain(1, 1000, log: true, step: 10)) },
            make { .int(try IntDomain(3, 3)) }, make { .int(try IntDomain(3, 3, log: true)) },
            make { .int(try IntDomain(.max - 3, .max)) },
            make { .int(try IntDomain(.max - 3, .max, log: true)) },
            make { .int(try IntDomain(.min, .max)) },
            make { .int(try IntDomain(1, .max, log: true)) },
            make { .int(try IntDomain(.min, .max, step: .max)) },
            make { .real(try RealDomain(0, 1)) }, make { .real(try RealDomain(-3, 5)) },
            make { .real(try RealDomain(1e-6, 1e-1, log: true)) },
            make { .real(try RealDomain(1, 1.0.nextUp, log: true)) },
            make { .real(try RealDomain(0, 0.3, step: 0.1)) },
            make { .real(try RealDomain(1, 100, log: true, step: 0.5)) },
            make { .real(try RealDomain(.leastNonzeroMagnitude, 1, log: true, step: 0.5)) },
            make { .real(try RealDomain(2, 2)) }, make { .real(try RealDomain(2, 2, log: true)) },
            make { .real(try RealDomain(-widest, widest)) },
            make { .real(try RealDomain(.leastNonzeroMagnitude, widest, log: true)) },
        ]
    }()

    @Test("each kind of domain by its formula")
    func formulas() throws {
        func near(_ value: Value, _ domain: Domain, _ expected: Double) throws {
            #expect(abs(try Self.coordinate(value, domain) - expected) < 1e-15)
        }
        try near(.real(1.5), .real(RealDomain(1, 3)), 0.25)
        try near(.real(1e-3), .real(RealDomain(1e-4, 1, log: true)), 0.25)
        try near(.real(0.2), .real(RealDomain(0, 0.3, step: 0.1)), 2.5 / 4)
        try near(.integer(3), .int(IntDomain(1, 4)), 2.5 / 4)
        try near(.integer(13), .int(IntDomain(3, 20, step: 5)), 2.5 / 4)
        try near(.integer(8), .int(IntDomain(2, 32, log: true)), log(8.5 / 2) / log(33.0 / 2))
        try near("b", .ordinal(Options(["a", "b", "c"])), 0.5)
        try near("b", .categorical(Options(["a", "b", "c"])), 1)
        try near(.boolean(true), .boolean, 1)
    }

    @Test("numbers and categories in the order of the parameters, constants left out")
    func coordinates() throws {
        let encoding = UnitCubeEncoding(try SearchSpaceTests.rich())
        #expect(
            encoding.coordinates.map(\.name) == [
                "alpha", "model.act", "layers.2", "optimizer", "optimizer.beta_1", "optimizer.lr",
                "optimizer.lr",
            ])
        let two = UnitCubeEncoding.Coordinate.Kind.category(count: 2)
        #expect(
            encoding.coordinates.map(\.kind)
                == [.number, two, two, two, .number, .number, .number])
    }

    @Test("every configuration of a finite space comes back, and no two share a point")
    func roundTrip() throws {
        let space = try SearchSpaceTests.rich()
        let encoding = UnitCubeEncoding(space)
        let all = (0..<108).map { space.configuration(at: $0) }
        for configuration in all {
            #expect(encoding.decode(encoding.encode(configuration)) == configuration)
        }
        #expect(Set(all.map(encoding.encode)).count == 108)
    }

    @Test("what is drawn comes back: exactly on a grid, else within rounding", arguments: domains)
    func drawnRoundTrip(domain: Domain) throws {
        let space = try SearchSpace([.init("x", .domain(domain))])
        let encoding = UnitCubeEncoding(space)
        for trial in 1...300 {
            let drawn = space.sample(seed: 3, trial: trial)
            let point = encoding.encode(drawn)
            #expect(encoding.isPresent(in: point) == [true])
            let again = encoding.decode(point)
            guard let count = domain.count, count < 1 << 50 else {
                let there = encoding.encode(again)[0]
                #expect(abs(there - point[0]) < 1e-12, "\(drawn) became \(again)")
                continue
            }
            #expect(again == drawn)
        }
    }

    @Test("any point decodes to a configuration of the space, and snapping twice is snapping once")
    func snapping() throws {
        let space = try SearchSpace(
            Self.domains.enumerated().map { .init("x\($0)", .domain($1)) }
                + [
                    .init(
                        "o",
                        .choice([
                            .init("none", .empty),
                            .init("some", SearchSpaceTests.rich()),
                        ]))
                ])
        let encoding = UnitCubeEncoding(space)
        var random = TestRandom("points")
        for _ in 0..<300 {
            let point = encoding.coordinates.map { coordinate in
                [random.unit(), random.unit(), 0, 1, -3, 7, .nan, -.infinity][random.below(8)]
                    + (coordinate.kind == .number ? 0 : Double(random.below(3)))
            }
            let configuration = encoding.decode(point)
            _ = try space.arguments(for: configuration)
            for (place, domain) in Self.domains.enumerated() {
                let value = try #require(configuration["x\(place)"])
                #expect(Self.holds(domain, value), "\(domain) got \(value)")
            }
            let snapped = encoding.snapped(point)
            #expect(snapped.allSatisfy { $0.isFinite })
            let again = encoding.snapped(snapped)
            for (one, two) in zip(snapped, again) { #expect(abs(one - two) < 1e-12) }
        }
    }

    private static func holds(_ domain: Domain, _ value: Value) -> Bool {
        switch (domain, value) {
        case (.int(let domain), .integer(let value)): domain.contains(value)
        case (.real(let domain), .real(let value)): domain.lo <= value && value <= domain.hi
        case (.categorical(let options), _), (.ordinal(let options), _):
            options.values.contains(value)
        case (.boolean, .boolean): true
        default: false
        }
    }

    @Test("both ends are reached", arguments: domains)
    func ends(domain: Domain) throws {
        let low = try #require(try Self.value(0, domain))
        let high = try #require(try Self.value(1, domain))
        switch domain {
        case .int(let domain):
            #expect(low == .integer(domain.lo))
            guard case .integer(let value) = high else { throw Missing() }
            #expect(domain.contains(value))
            #expect(value > domain.hi - domain.step || domain.step == .max)
        case .real(let domain):
            #expect(low == .real(domain.lo))
            guard case .real(let value) = high else { throw Missing() }
            #expect(value > domain.hi - (domain.step ?? 0) * (1 + 1e-9) || value == domain.hi)
        case .ordinal(let options):
            #expect(low == options.values.first && high == options.values.last)
        case .categorical, .boolean:
            let values = try (0..<(domain.count ?? 0)).map { try Self.value(Double($0), domain) }
            #expect(Set(values).count == domain.count)
        }
    }

    private struct Missing: Error {}

    @Test("each value of a grid has the share of the cube that is its cell")
    func cells() throws {
        let domain = Domain.int(try IntDomain(1, 4, log: true))
        let draws = 10_000
        var counts: [Value: Int] = [:]
        for draw in 0..<draws {
            let value = try #require(
                try Self.value((Double(draw) + 0.5) / Double(draws), domain))
            counts[value, default: 0] += 1
        }
        for value in 1...4 {
            let share = log(Double(value + 1) / Double(value)) / log(5)
            #expect(abs(Double(counts[.integer(value)] ?? 0) - share * Double(draws)) <= 2)
        }
    }

    @Test("an absent number is a half, an absent category equals no category")
    func absent() throws {
        let inner = try SearchSpace([
            .init("n", .domain(.int(IntDomain(1, 9)))), .init("flag", .domain(.boolean)),
        ])
        let space = try SearchSpace([
            .init("o", .choice([.init("a", .empty), .init("b", inner)]))
        ])
        let encoding = UnitCubeEncoding(space)
        let without = encoding.encode(Configuration([.init("o", "a")]))
        #expect(without == [0, 0.5, UnitCubeEncoding.absentCategory])
        #expect(encoding.isPresent(in: without) == [true, false, false])
        let with = encoding.encode(
            Configuration([.init("o", "b"), .init("o.n", 9), .init("o.flag", .boolean(false))]))
        #expect(with == [1, 8.5 / 9, 0])
        #expect(encoding.isPresent(in: with) == [true, true, true])
        #expect(encoding.decode(without).description == "o = a")
    }

    @Test("values of another space: numbers are taken to the nearest, the rest is absent")
    func foreign() throws {
        let space = try SearchSpace([
            .init("n", .domain(.int(IntDomain(1, 9)))),
            .init("x", .domain(.real(RealDomain(0, 1)))),
            .init("c", .domain(.categorical(Options(["a", "b"])))),
        ])
        let point = UnitCubeEncoding(space).encode(
            Configuration([.init("n", .real(3.2)), .init("x", 7), .init("c", "z")]))
        #expect(point == [2.5 / 9, 1, UnitCubeEncoding.absentCategory])
        #expect(UnitCubeEncoding(space).encode(Configuration([])) == [0.5, 0.5, -1])
    }

    @Test("the bits of logarithms are the same on every machine")
    func golden() throws {
        let domain = Domain.real(try RealDomain(1e-6, 1e-1, log: true))
        let points = try [1e-5, 3.3e-4, 0.05].map { try Self.coordinate(.real($0), domain) }
        let values = try [0.1, 0.37, 0.9].map { try Self.value($0, domain)?.number?.double ?? 0 }
        #expect(
            (points + values).map { String($0.bitPattern, radix: 16) } == Self.bits)
    }

    private static let bits = [
        "3fc9999999999997", "3fe01e554f284ac5", "3fee12cade5673cd", "3eca86f0875fcf9c",
        "3f128ef198b4c5e1", "3fa030dc4ea03a73",
    ]
}
