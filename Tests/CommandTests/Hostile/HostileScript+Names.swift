extension HostileScript {
    /// The rows of the list, in short.
    static let names: [Int: String] = [
        1: "error() and error(nil)", 2: "an error that is a table",
        3: "an error whose __tostring raises", 4: "an operation that raises under pcall",
        5: "a message handler that raises", 6: "an operation inside nested pcalls",
        7: "an operation where Lua cannot yield", 8: "an operation in a coroutine of the script's",
        9: "a bare coroutine.yield", 10: "resuming another trial", 11: "closing a running trial",
        12: "an early stop with <close> variables", 13: "a __close that raises or operates",
        14: "an endless loop", 15: "an endless loop that catches errors",
        16: "an endless pattern match or finaliser", 17: "too much memory",
        18: "no memory, anywhere", 19: "endless recursion", 20: "deep nesting of C calls",
        21: "cyclic options", 22: "options nested too deep", 23: "NaN or nil as a key",
        24: "metrics that are not finite", 25: "the largest integers",
        26: "floats where integers are wanted", 27: "NUL and invalid UTF-8",
        28: "arrays with holes or a false length", 29: "an __index on options",
        30: "iteration that is tampered with", 31: "tables changed after they were given",
        32: "calling __gc", 33: "a wrong or closed self", 34: "a stolen metatable",
        35: "os.exit in a trial", 36: "a locale with a decimal comma",
        37: "collectgarbage stop", 38: "a reporter used by others", 39: "wrong reports",
        40: "a wrong train", 41: "a script that is none", 42: "a million arguments",
        43: "unknown options", 44: "impossible spaces", 45: "impossible objectives",
        46: "broken data", 47: "impossible layers", 48: "a loss that is no number",
    ]
}
