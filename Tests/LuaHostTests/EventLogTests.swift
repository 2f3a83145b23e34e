import LuaHost
import Running
import Testing

/// What is told of trials at the levels `info` and `debug`.
@Suite struct EventLogTests {
    /// One after the other, of which each is worse than those before.
    private static func script(_ type: String, _ train: String) -> String {
        experiment(
            "n = (n or 0) + 1 local n = n " + train, fields: "parallel_trials = 1,", trials: 3
        ).replacing(
            "max_t = 9, type = \"stopping\"",
            with: "max_t = 9, grace_period = 3, type = \"\(type)\"")
    }

    private static let reports = "for e = 1, 9 do reporter { epoch = e, loss = n } end"

    private func messages(_ script: String, _ level: RunMessageLevel) async -> [String] {
        await ScriptRun.of(script, leastLevel: level).messages
    }

    @Test(arguments: [
        (
            "stopping", reports,
            [
                "trial 1 completed at epoch 9: loss 1", "trial 2 stopped at epoch 3: loss 2",
                "trial 3 stopped at epoch 3: loss 3",
            ]
        ),
        (
            "promotion", reports,
            [
                "trial 1 paused at epoch 3: loss 1", "trial 2 paused at epoch 3: loss 2",
                "trial 3 paused at epoch 3: loss 3", "trial 1 completed at epoch 9: loss 1",
            ]
        ),
        (
            "stopping", "if n == 2 then return end reporter { epoch = 2, loss = 0/0 } error 'x'",
            [
                "trial 1 failed: script.lua:10: x", "trial 1 failed at epoch 2: loss nan",
                "trial 2 completed without a report", "trial 3 failed at epoch 2: loss nan",
                "1 more trial failed as trial 1 did: script.lua:10: x",
                "script.lua:4: experiment \"script\": objective \"loss\" was NaN in all 2 reports: "
                    + "the front is empty",
            ]
        ),
    ])
    func everyEndIsTold(type: String, train: String, expected: [String]) async {
        let messages = await messages(Self.script(type, train), .info)
        #expect(messages.sorted() == expected.sorted())
        #expect(
            messages.filter { !$0.contains("script") } == expected.filter { !$0.contains("script") }
        )
    }

    @Test func startsAndDecisionsAreDetails() async {
        let script = Self.script("promotion", Self.reports)
        let messages = await messages(script, .debug)
        #expect(messages.first == "trial 1: started with x = 0.5")
        #expect(
            messages.contains(
                "trial 2: at epoch 3 it was paused with loss = 2: rank 2 of 2; ahead: "
                    + "trial 1 (loss = 1)"), "\(messages)")
        #expect(
            messages.contains(
                "trial 1: it was promoted at virtual time 9: rank 1 of 3 at epoch 3, where the best "
                    + "may continue"), "\(messages)")
        #expect(await self.messages(script, .notice) == [])
    }
}
