import LuaHost
import Testing

/// Fronts and indicators of plain tables.
@Suite struct FrontFunctionTests {
    private func lines(_ script: String) async -> [String] {
        let run = await ScriptRun.of("local ag = require 'mohpo'\n" + script)
        return run.lines + [run.failure?.message].compactMap { $0 }
    }

    @Test(arguments: [
        // Worked out by hand: (1, 5), (2, 3), (4, 1) are on the front; (2, 4) and (4, 3) are not.
        (
            "local points = { { a = 4, b = 3 }, { a = 1, b = 5 }, { a = 2, b = 4 }, { a = 4, b = 1 },"
                + " { a = 2, b = 3 } }\n"
                + "for _, p in ipairs(ag.pareto_front(points, { a = 'MIN', b = 'MIN' })) do"
                + " out(p.a, p.b, p == points[5]) end", ["1 5 false", "2 3 true", "4 1 false"]
        ),
        // The same points in a history, by trial; MAX turns the order around.
        (
            "local history = { { { a = -1, b = 5 }, { a = -2, b = 4 } }, {}, { { a = -4, b = 1 } } }\n"
                + "for _, p in ipairs(ag.pareto_front(history, { a = 'MAX', b = 'MIN' })) do"
                + " out(p.a, p.b) end", ["-1 5", "-2 4", "-4 1"]
        ),
        ("out(#ag.pareto_front({}, { a = 'MIN' }))", ["0"]),
        // Of equal points the earliest stays; NaN is never on a front.
        (
            "local a, b = { a = 1 }, { a = 1 }; local f = ag.pareto_front({ { a = 0/0 }, a, b }, "
                + "{ a = 'MIN' }) out(#f, f[1] == a)", ["1 true"]
        ),
        // 2 × 4 + 1 × 2 = 10 up to (5, 6) less what they share: 4·1 + 3·2 + 1·2
        (
            "out(ag.hypervolume({ { a = 1, b = 5 }, { a = 2, b = 3 }, { a = 4, b = 1 } }, "
                + "{ a = 'MIN', b = 'MIN' }, { a = 5, b = 6 }))", ["12.0"]
        ),
        (
            "local k = ag.knee({ { a = 0, b = 10 }, { a = 1, b = 1 }, { a = 10, b = 0 } }, "
                + "{ a = 'MIN', b = 'MIN' }) out(k.a, k.b)", ["1 1"]
        ),
        (
            "ag.pareto_front({ { b = 1 } }, { a = 'MIN' })",
            ["script.lua:2: ag.pareto_front: point 1: a: expected a number, got nil"]
        ),
        (
            "ag.hypervolume({ a = 1 }, { a = 'MIN' }, { a = 2 })",
            [
                "script.lua:2: ag.hypervolume: expected an array of points, got a table with the key "
                    + "\"a\" (a point alone is { point })"
            ]
        ),
        (
            "ag.hypervolume({}, { a = 'MIN', b = 'MIN' }, { 4, 4, 9 })",
            [
                "script.lua:2: ag.hypervolume: reference: expected 2 numbers, for a, b, got 3"
            ]
        ),
        (
            "ag.hypervolume({}, { cost = 'MIN', loss = 'MIN' }, { cost = 4, loss = 4, los = 9 })",
            [
                "script.lua:2: ag.hypervolume: reference: los: unknown objective; "
                    + "did you mean loss?"
            ]
        ),
        (
            "ag.hypervolume({}, { a = 'MIN', b = 'MIN' }, { 4, 4, b = 9 })",
            [
                "script.lua:2: ag.hypervolume: reference: expected an array without holes, "
                    + "found the key \"b\""
            ]
        ),
        (
            "ag.hypervolume({}, { a = 'MIN', b = 'MIN' }, { 4 })",
            ["script.lua:2: ag.hypervolume: reference: b: expected a finite number, got nil"]
        ),
        (
            "ag.knee({}, { a = 'MIN' }, { 4 })",
            [
                "script.lua:2: bad argument #3 to 'knee' (no such argument; "
                    + "ag.knee takes points, objectives)"
            ]
        ),
        (
            "ag.pareto_front({ 3 }, { a = 'MIN' })",
            ["script.lua:2: ag.pareto_front: [1]: expected a point or an array of points, got 3"]
        ),
        (
            "ag.pareto_front({}, { a = 'min' })",
            [
                "script.lua:2: ag.pareto_front: objectives: a: expected \"MAX\" or \"MIN\", got \"min\""
            ]
        ),
    ])
    func fromPlainTables(script: String, expected: [String]) async {
        #expect(await lines(script) == expected)
    }
}
