import Engine
import EngineTesting
import Testing

@Suite("Numbers kept in order")
struct SortedValuesTests {
    /// In which order the numbers come.
    enum Order: CaseIterable, Sendable {
        case random, rising, falling, equal, outwards

        func value(_ number: Int, _ random: inout TestRandom) -> Double {
            switch self {
            case .random: random.unit()
            case .rising: Double(number)
            case .falling: -Double(number)
            case .equal: Double(random.below(3))
            case .outwards: Double(number) * (number.isMultiple(of: 2) ? 1 : -1)
            }
        }
    }

    @Test("answer as a sorted array does, over many blocks", arguments: Order.allCases)
    func againstSortedArray(order: Order) throws {
        var random = TestRandom("sorted values \(order)")
        var values = SortedValues()
        var sorted: [Double] = []
        #expect(values.least == nil && values.greatest == nil)
        for number in 0..<4_000 {
            let value = order.value(number, &random)
            values.insert(value)
            sorted.insert(value, at: sorted.firstIndex { $0 >= value } ?? sorted.count)
            guard number < 20 || number.isMultiple(of: 37) else { continue }
            let middle = sorted.count / 2
            let median =
                sorted.count.isMultiple(of: 2)
                ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
            #expect(values.count == sorted.count && values.median == median)
            #expect(values.least == sorted.first && values.greatest == sorted.last)
            let limit = sorted[random.below(sorted.count)]
            #expect(values.greatest { $0 <= limit } == limit)
            #expect(values.greatest { $0 < limit } == sorted.last { $0 < limit })
        }
    }
}
