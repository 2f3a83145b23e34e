internal import LuaBridge
internal import Platform

extension MemoryCharge {
    /// Runs `body`, which copies the script's strings into what outlives them: what it makes keeps
    /// `MemoryCharge.ofCopies` and so pays for them.
    static func payingForCopies<Result>(_ body: () throws -> Result) rethrows -> Result {
        try $ofCopies.withValue(MemoryCharge(), operation: body)
    }
}

extension ModuleFunction {
    /// The same function, whose results pay for the strings that they copy.
    var payingForCopies: ModuleFunction {
        ModuleFunction(name, taking: parameters) { [body] call in
            try MemoryCharge.payingForCopies { try body(call) }
        }
    }
}
