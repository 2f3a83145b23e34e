import DataSets
import Foundation
import Testing

@Suite struct InterruptedFetchTests {
    /// A curl that writes half a file, says so, and then hangs.
    private func hangingCurl(_ fixture: Fixture) throws -> String {
        try fixture.shadowing(
            "curl",
            with: """
                while [ "$1" != --output ]; do shift; done
                echo half > "$2"
                echo $$ > \(fixture.root)/started
                exec sleep 1000
                """)
    }

    private func processThatStarted(_ fixture: Fixture) async throws -> Int32 {
        while true {
            let written = try? String(contentsOfFile: "\(fixture.root)/started", encoding: .utf8)
            if let written, written.hasSuffix("\n"), let id = Int32(written.dropLast()) {
                return id
            }
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func cancellationEndsTheToolAndLeavesNothing() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.mirror], toolPath: try hangingCurl(fixture))
        let task = Task { try await cache.fetch("tiny") }
        let curl = try await processThatStarted(fixture)
        #expect(
            fixture.cacheContents().contains {
                $0.hasPrefix(".tiny.fetch-") && $0.hasSuffix("/train-images-idx3-ubyte.gz")
            })

        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(kill(curl, 0) == -1)
        #expect(fixture.cacheContents() == [])
    }

    @Test(.timeLimit(.minutes(10)))
    func aSignalCancelsAndItsHandlerComesBack() async throws {
        let fixture = try Fixture()
        let cache = fixture.cache([fixture.mirror], toolPath: try hangingCurl(fixture))
        let before = signal(SIGUSR1, SIG_DFL)
        let task = Task {
            try await cancelling(on: [SIGUSR1]) { try await cache.fetch("tiny") }
        }
        _ = try await processThatStarted(fixture)

        kill(getpid(), SIGUSR1)
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(fixture.cacheContents() == [])
        let after = signal(SIGUSR1, before)
        #expect(unsafeBitCast(after, to: Int.self) == unsafeBitCast(SIG_DFL, to: Int.self))
    }

    @Test func whatAKilledFetchLeftGoesWithTheNext() async throws {
        let fixture = try Fixture()
        let leftover = "\(fixture.cacheDirectory)/.tiny.fetch-abc123"
        try FileManager.default.createDirectory(
            atPath: leftover, withIntermediateDirectories: true)
        try Data([1]).write(to: URL(filePath: "\(leftover)/half"))

        try await fixture.cache([fixture.mirror]).fetch("tiny")
        #expect(fixture.cacheContents() == fixture.files.map { "tiny/\($0.name)" }.sorted())
    }
}
