import Platform
import Testing

@Suite struct SystemThreadTests {
    /// Uses about `depth` KiB of stack.
    private static func descend(_ depth: Int) -> Int {
        withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { bytes in
            bytes[0] = UInt8(truncatingIfNeeded: depth)
            return depth == 0 ? 0 : descend(depth - 1) + Int(bytes[0]) * 0 + 1
        }
    }

    @Test(arguments: [2, 32]) func theStackIsAsLargeAsAskedFor(mebibytes: Int) {
        let result = Monitor<Int?>(nil)
        let depth = mebibytes * 512
        SystemThread.start(stackSize: mebibytes << 20) {
            let reached = Self.descend(depth)
            result.change { $0 = reached }
        }
        #expect(result.wait(seconds: 20) { $0 } == depth)
    }

    @Test func noSignalIsBlocked() {
        let result = Monitor<Bool?>(nil)
        SystemThread.start {
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_BLOCK, &all, nil)
            SystemThread.start {
                var blocked = sigset_t()
                pthread_sigmask(SIG_BLOCK, nil, &blocked)
                let isBlocked = sigismember(&blocked, SIGUSR1) == 1
                result.change { $0 = isBlocked }
            }
        }
        #expect(result.wait(seconds: 20) { $0 } == false)
    }

    @Test func aTokenIsCancelledForAllWhoHaveIt() throws {
        let token = CancellationToken()
        try token.check()
        let done = Monitor(false)
        SystemThread.start {
            token.cancel()
            done.change { $0 = true }
        }
        _ = done.wait(seconds: 20) { $0 ? true : nil }
        #expect(token.isCancelled)
        #expect(throws: CancellationError.self) { try token.check() }
    }
}
