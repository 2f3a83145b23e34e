import Foundation
import Subprocess
import Testing

/// Programs that do what they should not: the short form of `make programs`.
@Suite struct FaultTests {
    private static let checker = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Programs/faults.py").standardized.path

    #if os(Linux)
        @Test func nothingIsLeft() async throws {
            let check = try await Command.run(
                ["python3", Self.checker, Command.program], of: "/usr/bin/env", in: Folder())
            #expect(check.status == .exited(0), "\(check.output) \(check.errors)")
        }
    #endif
}
