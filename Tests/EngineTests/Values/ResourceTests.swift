import Engine
import Testing

/// How much of the resource a trial has used, whole or not.
@Suite struct ResourceTests {
    @Test("a resource is exactly the number it was made of")
    func exact() throws {
        for number in [0, 1, -1, 0.1, 0.5, -0.25, 12.75, 1e-300, 0x1p52 + 0.5, -0x1p63] {
            let resource = try #require(Resource(number))
            #expect(resource.double == number && resource.fraction >= 0 && resource.fraction < 1)
        }
        for whole in [Int.min, -1, 0, 1 << 53 + 1, .max] {
            #expect(Resource(whole).whole == whole && Resource(whole).number == .integer(whole))
        }
        for number in [Double.nan, .infinity, -.infinity, 0x1p63, 1e300] {
            #expect(Resource(number) == nil)
        }
        let (three, zero, tiny) = (3.0, -0.0, -1e-300)
        #expect(Resource(three) == 3 && Resource(zero) == 0)
        #expect(try #require(Resource(tiny)) < 0)
        #expect(Resource(.integer(1 << 53 + 1)) == Resource(1 << 53 + 1))
    }

    @Test("a whole number prints as one")
    func text() {
        #expect("\(27 as Resource)" == "27" && "\(3.0 as Resource)" == "3")
        #expect("\(0.5 as Resource)" == "0.5" && "\(1e-5 as Resource)" == "1e-05")
        #expect("\([1, 3, 9] as [Resource])" == "[1, 3, 9]")
    }

    @Test("resources are ordered as their numbers are")
    func order() {
        let sorted: [Resource] = [-2, -1.5, -1, 0, 0.25, 0.5, 1, 1.5, 2]
        #expect(sorted.shuffled().sorted() == sorted)
        #expect(Resource(.max) > 1e18 && Resource(.min) < -1e18)
    }

    @Test("sums and differences are exact for whole numbers, and never trap")
    func arithmetic() {
        #expect(Resource(1 << 53 + 1) + 1 == Resource(1 << 53 + 2))
        let (half, quarter): (Resource, Resource) = (0.5, 0.25)
        #expect(half + half + quarter == 1.25)
        #expect(1 - quarter == 0.75)
        #expect(quarter - 0.75 == -0.5)
        #expect(Resource(.max) + Resource(.max) == Resource(.max))
        #expect(Resource(.min) - 1 == Resource(.min) && Resource(.min) - Resource(.max) < 0)
        // The difference is rounded to what is just below 1.
        let least = (1 as Resource) - 1e-300
        #expect(least < 1 && least.whole == 0)
    }

    @Test(
        "rungs are multiples in decimal digits, so that a report meets them",
        arguments: [
            (0.1, 3, [0.1, 0.3, 0.9, 2.7, 8.1]), (0.5, 3, [0.5, 1.5, 4.5]),
            (0.01, 2, [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12]),
            (2.5, 10, [2.5]),
        ])
    func ladder(grace: Double, factor: Int, levels: [Double]) throws {
        let hyperband = try Hyperband(
            maxResource: 10, resolution: 0.01, gracePeriod: Resource(grace),
            reductionFactor: factor)
        #expect(hyperband.rungLevels.map(\.double) == levels)
    }

    @Test("a grace period that is not given is a number of steps")
    func gracePeriod() throws {
        func grace(_ end: Resource, _ resolution: Resource, _ kind: Hyperband.Kind) throws
            -> Resource
        {
            try Hyperband(maxResource: end, resolution: resolution, kind: kind).gracePeriod
        }
        #expect(try grace(60, 0.5, .stopping) == 0.5)
        #expect(try grace(1, 0.01, .promotion) == 0.01)
        // 26 · 0.3 = 7.8 is as much as 26 epochs.
        #expect(try grace(7.8, 0.1, .model) == 0.3)
        #expect(try grace(10, 4, .stopping) == 4)
    }

    @Test("settings that do not fit the resolution are named")
    func errors() {
        func message(_ make: () throws -> Hyperband) -> String {
            do { return "no error: \(try make())" } catch { return "\(error)" }
        }
        let whole = ": expected an integer of at least 1, or a resolution other than 1, such as 0.5"
        #expect(message { try Hyperband(maxResource: 2.5) } == "max_t\(whole), got 2.5")
        #expect(
            message { try Hyperband(maxResource: 9, gracePeriod: 1.5) }
                == "grace_period\(whole), got 1.5")
        #expect(
            message { try Hyperband(maxResource: 9, rungLevels: [1, 2.5]) }
                == "rung_levels[2]\(whole), got 2.5")
        #expect(
            message { try Hyperband(maxResource: 9, resolution: 0) }
                == "resolution: expected a number above 0, got 0")
        #expect(
            message { try Hyperband(maxResource: 9, resolution: 10) }
                == "resolution: expected at most max_t (9), got 10")
        #expect(
            message { try Hyperband(maxResource: 9, resolution: 1e-12) }
                == "resolution: expected at least max_t / 1099511627776, got 1e-12")
        #expect(
            message { try Hyperband(maxResource: 9, resolution: 0.5, gracePeriod: 9.5) }
                == "grace_period: expected at most max_t (9), got 9.5")
        #expect(
            message { try Hyperband(maxResource: 9, resolution: 0.5, rungLevels: [1.5, 1]) }
                == "rung_levels: expected increasing positive numbers up to max_t (9), got {1.5, 1}"
        )
    }
}
