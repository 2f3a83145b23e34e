import CPlain
import LuaBridge

// A call through the bridge beside the same call of a C function, in one run: the two take turns, and
// medians are compared, so that whatever else the machine does falls on both.

final class Counter {
    var total = 0
}

struct Case {
    let name: String
    let source: String
    let target: String
    var isCoroutine = false
}

let cases = [
    Case(
        name: "scalar function",
        source: "local add, x = add, 0.0 for i = 1, ... do x = add(x, 0.5) end", target: "1.20"),
    Case(
        name: "the same, C as strict and general",
        source: "local add, x = strict, 0.0 for i = 1, ... do x = add(x, 0.5) end", target: "none"),
    Case(
        name: "method on userdata",
        source: "local c = counter() for i = 1, ... do c:add(1) end", target: "1.25"),
    Case(
        name: "10 numbers in and out",
        source:
            "local f, t = tenfold, { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } for i = 1, ... do f(t) end",
        target: "none"),
    Case(
        name: "resume and yield", source: "local pause = pause while true do pause() end",
        target: "100 ns", isCoroutine: true),
]
let count = 200_000
let rounds = 31

func makeState() throws -> LuaState {
    let lua = try LuaState()
    try lua.define(Counter.self, name: "Counter") { type in
        type.method("add", taking: ["amount"]) { counter, call in
            counter.total += try call.integer(2)
            return try call.return(counter.total)
        }
    }
    for name in ["add", "strict"] {
        try lua.setGlobal(name, lua.function("add") { try $0.return($0.number(1) + $0.number(2)) })
    }
    try lua.setGlobal("counter", lua.function("counter") { try $0.return(object: Counter()) })
    try lua.setGlobal(
        "tenfold",
        lua.function("tenfold") { try $0.return(numbers: $0.numbers(1).map { $0 * 10 }) })
    try lua.setGlobal("pause", lua.function("pause") { $0.suspend { try $0.return() } })
    return lua
}

func nanoseconds(_ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    return try clock.measure(body) / .nanoseconds(1) / Double(count)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// One decimal; formats of C follow the locale.
func shown(_ value: Double, _ digits: Double = 10) -> String {
    "\((value * digits).rounded() / digits)"
}

// `bridge scalar` measures the cases whose names begin so, for a profiler.
let wanted = CommandLine.arguments.dropFirst().first ?? ""

let lua = try makeState()
let plain = cplain_open()!
for test in cases where test.name.hasPrefix(wanted) {
    let function = try lua.load(text: test.source, name: "=\(test.name)")
    cplain_load(plain, test.name, test.source)
    var (bridge, c): ([Double], [Double]) = ([], [])
    for _ in 0..<rounds {
        if test.isCoroutine {
            let coroutine = try LuaCoroutine(function, [])
            bridge.append(nanoseconds { for _ in 0..<count { _ = coroutine.resume() } })
            coroutine.close()
            c.append(nanoseconds { cplain_resume(plain, test.name, count) })
        } else {
            bridge.append(try nanoseconds { try function.call([.integer(count)]) })
            c.append(nanoseconds { cplain_call(plain, test.name, count) })
        }
    }
    let (ours, theirs) = (median(bridge), median(c))
    print(
        "\(test.name): \(shown(ours)) ns, C \(shown(theirs)) ns, ratio \(shown(ours / theirs, 100))"
            + " (target \(test.target))")
}
