import Foundation
import Subprocess
import Testing

/// `make soak` in short: no trial leaves memory behind.
@Suite struct SoakTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Soak/soak.lua").path

    /// The address sanitizer keeps what was freed for a while, up to 256 MB.
    private static let nothingFreedIsKept =
        (ProcessInfo.processInfo.environment["ASAN_OPTIONS"] ?? "")
        + ":quarantine_size_mb=0:thread_local_quarantine_size_kb=0"

    #if os(Linux)
        @Test func experimentsLeaveNoMemoryBehind() async throws {
            let command = try await Command.run(
                ["--log-level", "error", Self.script, "8", "500"], in: Folder(),
                // The C library keeps memory for each thread there was; one heap shows what is held.
                environment: ["MALLOC_ARENA_MAX": "1", "ASAN_OPTIONS": Self.nothingFreedIsKept])
            #expect(command.status == .exited(0), "\(command.output)")
        }
    #endif
}
