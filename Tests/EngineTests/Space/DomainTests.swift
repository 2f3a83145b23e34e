import Engine
import Foundation
import Testing

@Suite("Domains")
struct DomainTests {
    /// Draws from a domain, by way of a space.
    static func draws(_ domain: Domain, _ count: Int) throws -> [Value] {
        let space = try SearchSpace([.init("p", .domain(domain))])
        return try (1...count).map { trial in
            try #require(space.sample(seed: 7, trial: trial)["p"])
        }
    }

    static func integers(_ domain: IntDomain, _ count: Int) throws -> [Int] {
        try draws(.int(domain), count).compactMap { $0.number?.integer }
    }

    static func reals(_ domain: RealDomain, _ count: Int) throws -> [Double] {
        try draws(.real(domain), count).compactMap { $0.number?.double }
    }

    @Test("Int refuses what cannot be, naming the parameter")
    func intErrors() throws {
        func message(_ make: () throws -> IntDomain) -> String {
            do { return "no error: \(try make())" } catch { return "\(error)" }
        }
        #expect(
            message { try IntDomain(5, 1, parameter: "layer_1") }
                == "layer_1: expected lo <= hi, got lo = 5, hi = 1")
        #expect(
            message { try IntDomain(0, 4, log: true, parameter: "n") }
                == "n: expected lo > 0 with log, got lo = 0")
        #expect(
            message { try IntDomain(1, 4, step: 0, parameter: "n") }
                == "n: expected step > 0, got step = 0")
        #expect(
            message { try IntDomain(1, 4, default: 9, parameter: "n") }
                == "n: expected a default in Int(1, 4), got 9")
        #expect(
            message { try IntDomain(1, 9, step: 2, default: 4, parameter: "n") }
                == "n: expected a default in Int(1, 9, step 2), got 4")
    }

    @Test("Real refuses what cannot be, naming the parameter")
    func realErrors() throws {
        func message(_ make: () throws -> RealDomain) -> String {
            do { return "no error: \(try make())" } catch { return "\(error)" }
        }
        #expect(
            message { try RealDomain(1, 0, parameter: "alpha") }
                == "alpha: expected finite lo <= hi, got lo = 1.0, hi = 0.0")
        #expect(
            message { try RealDomain(.nan, 0, parameter: "alpha") }
                == "alpha: expected finite lo <= hi, got lo = nan, hi = 0.0")
        #expect(
            message { try RealDomain(0, .infinity, parameter: "alpha") }
                == "alpha: expected finite lo <= hi, got lo = 0.0, hi = inf")
        #expect(
            message { try RealDomain(0, 1, log: true, parameter: "alpha") }
                == "alpha: expected lo > 0 with log, got lo = 0.0")
        for step in [0, -1, .nan, .infinity, 1e-300] {
            #expect(throws: SettingError.self) { try RealDomain(0, 1, step: step) }
        }
        for value in [-0.1, 1.1, .nan] {
            #expect(throws: SettingError.self) { try RealDomain(0, 1, default: value) }
        }
        #expect(throws: SettingError.self) { try RealDomain(0, 1, step: 0.25, default: 0.3) }
    }

    @Test("a choice needs choices, all different")
    func optionErrors() throws {
        #expect(throws: SettingError(field: "c", expected: "at least one choice", got: "none")) {
            try Options([], parameter: "c")
        }
        #expect(throws: SettingError(field: "c", expected: "different choices", got: "adam twice"))
        {
            try Options([.string("adam"), .string("sgd"), .string("adam")], parameter: "c")
        }
        // 1 and 1.0 are different values.
        #expect(try Options([.integer(1), .real(1)]).values.count == 2)
    }

    @Test("the default is the middle, in log space with log; halves round to even")
    func defaults() throws {
        #expect(try IntDomain(1, 4).defaultValue == 2)
        #expect(try IntDomain(2, 32).defaultValue == 17)
        #expect(try IntDomain(3, 4).defaultValue == 4)
        #expect(try IntDomain(-4, -3).defaultValue == -4)
        #expect(try IntDomain(1, 100, log: true).defaultValue == 10)
        #expect(try IntDomain(.min, .max).defaultValue == 0)
        #expect(try IntDomain(0, 10, step: 5).defaultValue == 5)
        #expect(try IntDomain(1, 4, default: 4).defaultValue == 4)
        #expect(try RealDomain(0, 1).defaultValue == 0.5)
        #expect(try RealDomain(-1e308, 1.5e308).defaultValue == 2.5e307)
        #expect(try RealDomain(1e-6, 1e-2, log: true).defaultValue == 1e-4)
        #expect(try RealDomain(1e-300, 1e300, log: true).defaultValue == 1)
        #expect(try RealDomain(2, 1e9, log: true).defaultValue == 44721.359549995796)
        #expect(try RealDomain(0, 1, step: 0.4).defaultValue == 0.4)
        #expect(try Domain.categorical(Options([.string("b"), .string("a")])).defaultValue == "b")
        #expect(Domain.boolean.defaultValue == .boolean(false))
    }

    @Test("every integer of a range comes, equally often")
    func uniformIntegers() throws {
        let drawn = try Self.integers(IntDomain(-2, 2), 5_000)
        let counts = Dictionary(grouping: drawn, by: \.self).mapValues(\.count)
        #expect(Set(counts.keys) == [-2, -1, 0, 1, 2])
        // Five standard deviations: 5 · sqrt(5000 · 0.2 · 0.8).
        for count in counts.values { #expect(abs(count - 1_000) < 142) }
    }

    @Test("with log, an integer is as likely as its cell of log space is wide, ends included")
    func logIntegers() throws {
        let count = 20_000
        let drawn = try Self.integers(IntDomain(1, 8, log: true), count)
        let counts = Dictionary(grouping: drawn, by: \.self).mapValues(\.count)
        #expect(Set(counts.keys) == Set(1...8))
        // Cells reach from k - 1/2 to k + 1/2; together from 1/2 to 17/2.
        for value in 1...8 {
            let share = log((Double(value) + 0.5) / (Double(value) - 0.5)) / log(17)
            let expected = Double(count) * share
            let slack = 5 * (expected * (1 - share)).squareRoot()
            #expect(abs(Double(counts[value] ?? 0) - expected) < slack)
        }
    }

    @Test(
        "values stay in range and on the grid",
        arguments: [
            (Int.min, Int.max, false, 1), (.max - 1, .max, false, 1), (.min, .min, false, 1),
            (1, .max, true, 1), (.max - 3, .max, true, 1),
            ((1 << 53) - 2, (1 << 53) + 2, true, 1), (3, 20, false, 5), (1, 1000, true, 10),
            (.min, .max, false, .max), (1, .max, true, 1 << 60),
        ])
    func integersInRange(lo: Int, hi: Int, log: Bool, step: Int) throws {
        let domain = try IntDomain(lo, hi, log: log, step: step)
        for value in try Self.integers(domain, 500) { #expect(domain.contains(value)) }
    }

    @Test("both ends of a short range come, also far beyond 2^53")
    func endsOfHugeIntegers() throws {
        let drawn = try Set(Self.integers(IntDomain(.max - 3, .max, log: true), 400))
        #expect(drawn == [.max - 3, .max - 2, .max - 1, .max])
        #expect(try Set(Self.integers(IntDomain(.max - 1, .max), 60)) == [.max - 1, .max])
    }

    @Test("the full range of Int uses all bits")
    func fullRange() throws {
        let drawn = try Self.integers(IntDomain(.min, .max), 200)
        #expect(drawn.reduce(0, |) == -1 && drawn.reduce(-1, &) == 0)
    }

    @Test("the grid of Int: lo, lo + step … up to hi")
    func integerGrid() throws {
        #expect(try Set(Self.integers(IntDomain(3, 20, step: 5), 200)) == [3, 8, 13, 18])
        #expect(
            try Set(Self.integers(IntDomain(1, 31, log: true, step: 10), 400)) == [1, 11, 21, 31])
    }

    @Test("the grid of Real: lo, lo + step … and hi where it lies on the grid")
    func realGrid() throws {
        let drawn = try Set(Self.reals(RealDomain(0, 0.3, step: 0.1), 200))
        #expect(drawn == [0, 0.1, 0.2, 0.3])
        #expect(try Set(Self.reals(RealDomain(1, 2, step: 0.4), 200)) == [1, 1.4, 1.8])
        #expect(
            try Set(Self.reals(RealDomain(1, 3, log: true, step: 1), 200)) == [1, 2, 3])
    }

    @Test("with log, each tenth of log space gets its tenth of the reals")
    func logReals() throws {
        let drawn = try Self.reals(RealDomain(1e-6, 1e-1, log: true), 10_000)
        #expect(drawn.allSatisfy { $0 >= 1e-6 && $0 <= 1e-1 })
        var counts = Array(repeating: 0, count: 10)
        for value in drawn { counts[min(9, Int((log10(value) + 6) * 2))] += 1 }
        // Five standard deviations: 5 · sqrt(10000 · 0.1 · 0.9).
        for count in counts { #expect(abs(count - 1_000) < 150) }
    }

    @Test("reals over the widest range stay finite")
    func widestReals() throws {
        let widest = Double.greatestFiniteMagnitude
        let drawn = try Self.reals(RealDomain(-widest, widest), 300)
        #expect(drawn.allSatisfy { $0.isFinite })
        #expect(drawn.contains { $0 < -widest / 2 } && drawn.contains { $0 > widest / 2 })
        #expect(try Self.reals(RealDomain(2, 2), 3) == [2, 2, 2])
    }

    @Test("booleans and choices come equally often")
    func choices() throws {
        let booleans = try Self.draws(.boolean, 1_000)
        #expect(abs(booleans.count { $0 == .boolean(true) } - 500) < 80)
        let options = try Options([.string("a"), .integer(1), .opaque("f")])
        let drawn = try Self.draws(.categorical(options), 900)
        for value in options.values { #expect(abs(drawn.count { $0 == value } - 300) < 71) }
    }
}
