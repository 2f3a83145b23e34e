import Platform
import Synchronization
import Testing

@Suite struct MonitorTests {
    @Test func aChangeWakesTheWaiting() {
        let monitor = Monitor(0)
        SystemThread.start { for _ in 0..<100 { monitor.change { $0 += 1 } } }
        #expect(monitor.wait(seconds: 20) { $0 == 100 ? $0 : nil } == 100)
    }

    @Test func aWaitEndsWhenTheTimeIsUp() {
        let monitor = Monitor(0)
        let start = ContinuousClock.now
        #expect(monitor.wait(seconds: 0.02) { $0 == 1 ? true : nil } == nil)
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }

    @Test func whatIsThereIsNotWaitedFor() {
        #expect(Monitor(7).wait(seconds: 0) { $0 } == 7)
    }

    /// Counts on when the count is even, or odd.
    private static func step(_ count: inout Int, from remainder: Int) -> Bool? {
        guard count % 2 == remainder else { return nil }
        count += 1
        return true
    }

    /// What a wait changes in the state is a change, too.
    @Test func waitersTakeTurns() {
        let monitor = Monitor(0)
        SystemThread.start {
            for _ in 0..<200 { _ = monitor.wait { Self.step(&$0, from: 0) } }
        }
        for _ in 0..<200 {
            #expect(monitor.wait(seconds: 20) { Self.step(&$0, from: 1) } == true)
        }
        #expect(monitor.read { $0 } == 400)
    }

    /// Those that a change does not concern sleep on: they see it with the next that does.
    @Test func aChangeWakesThoseItConcerns() {
        let monitor = Monitor(0)
        let looks = Mutex(0)
        let isAsleep = Monitor(false)
        SystemThread.start {
            _ = monitor.wait(as: .second) { value -> Int? in
                looks.withLock { $0 += 1 }
                isAsleep.change { $0 = true }
                return value == 101 ? value : nil
            }
            isAsleep.change { $0 = false }
        }
        #expect(isAsleep.wait(seconds: 20) { $0 ? true : nil } == true)
        for _ in 0..<100 { monitor.change(waking: .first) { $0 += 1 } }
        #expect(looks.withLock { $0 } < 100)
        monitor.change(waking: .second) { $0 += 1 }
        #expect(isAsleep.wait(seconds: 20) { $0 ? nil : true } == true)
    }
}

@Suite struct BoundedQueueTests {
    @Test func partsArriveInOrder() {
        let queue = BoundedQueue<[Int]>(limit: 2)
        SystemThread.start {
            for number in 0..<1000 { _ = queue.send([number]) }
            queue.end()
        }
        var received: [Int] = []
        while let part = queue.receive() { received += part }
        #expect(received == Array(0..<1000))
        #expect(queue.receive() == nil)
    }

    @Test func atMostTheLimitIsUnderWay() {
        let queue = BoundedQueue<Int>(limit: 3)
        let sent = Monitor(0)
        SystemThread.start {
            for number in 0..<10 where queue.send(number) { sent.change { $0 += 1 } }
        }
        #expect(sent.wait(seconds: 20) { $0 == 3 ? true : nil } == true)
        #expect(sent.wait(seconds: 0.02) { $0 > 3 ? true : nil } == nil)
        for number in 0..<10 { #expect(queue.receive() == number) }
    }

    @Test func theReceiverMayEndIt() {
        let queue = BoundedQueue<Int>(limit: 1)
        let result = Monitor<Bool?>(nil)
        #expect(queue.send(1))
        SystemThread.start {
            let isSent = queue.send(2)
            result.change { $0 = isSent }
        }
        #expect(result.wait(seconds: 0.02) { $0 } == nil)
        queue.end()
        #expect(result.wait(seconds: 20) { $0 } == false)
        // What was sent before is still there.
        #expect(queue.receive() == 1)
        #expect(queue.receive() == nil)
        #expect(!queue.send(3))
    }
}
