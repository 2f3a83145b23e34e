import Platform
import Synchronization
import Testing

@Suite struct MemoryChargeTests {
    private final class Budget: MemoryBudget {
        let held = Atomic(0)
        let limit: Int
        init(limit: Int) { self.limit = limit }

        func take(_ bytes: Int) -> Bool {
            guard held.load(ordering: .relaxed) + bytes <= limit else { return false }
            held.wrappingAdd(bytes, ordering: .relaxed)
            return true
        }
        func give(_ bytes: Int) { held.wrappingSubtract(bytes, ordering: .relaxed) }
    }

    @Test func whatIsChargedGoesBackWithTheCharge() throws {
        let budget = Budget(limit: 100)
        try MemoryBudgets.$current.withValue(budget) {
            let charge = MemoryCharge()
            try charge.add(60, purpose: "a")
            try charge.add(40, purpose: "b")
            #expect(budget.held.load(ordering: .relaxed) == 100)
            withExtendedLifetime(charge) {}
        }
        #expect(budget.held.load(ordering: .relaxed) == 0)
    }

    @Test func aChargeSaysWhatItWasFor() throws {
        let budget = Budget(limit: 100)
        try MemoryBudgets.$current.withValue(budget) {
            let charge = MemoryCharge()
            try charge.add(60, purpose: "a")
            #expect(throws: OutOfMemory(what: "a table", bytes: 41)) {
                try charge.add(41, purpose: "a table")
            }
            #expect(throws: OutOfMemory(what: "a table", bytes: nil)) {
                try charge.add(-1, purpose: "a table")
            }
            #expect(budget.held.load(ordering: .relaxed) == 60)
            withExtendedLifetime(charge) {}
        }
        #expect(
            OutOfMemory(what: "a table", bytes: 3_100_000_000).description
                == "not enough memory for a table: 3.1 GB needed")
    }

    @Test func withoutABudgetNothingIsRefused() throws {
        try MemoryCharge().add(.max, purpose: "all there is")
        #expect(try MemoryCharge.of(.max, purpose: "all there is") == nil)
    }

    /// A charge belongs to the budget it was made under, wherever it is given back.
    @Test func aChargeOutlivesTheScope() throws {
        let budget = Budget(limit: 100)
        var charge = try MemoryBudgets.$current.withValue(budget) {
            try MemoryCharge.of(30, purpose: "a")
        }
        #expect(budget.held.load(ordering: .relaxed) == 30)
        try charge?.add(20, purpose: "b")
        #expect(budget.held.load(ordering: .relaxed) == 50)
        charge = nil
        #expect(budget.held.load(ordering: .relaxed) == 0)
    }
}
