import LivePage
import Synchronization
import Testing

@Suite struct PageFeedTests {
    private func texts(_ messages: [PageFeed.Message]) -> [String] {
        messages.map { "\($0.event) \($0.data)" }
    }

    @Test func aPageGetsTheStudyAndThenWhatIsNew() {
        let feed = PageFeed()
        #expect(feed.messages(after: 0).messages.isEmpty)
        feed.publish(increment: nil) { "one" }
        let first = feed.messages(after: 0)
        #expect(texts(first.messages) == ["study one"])
        #expect(feed.messages(after: first.version).messages.isEmpty)
        feed.publish(increment: "b") { "two" }
        feed.publish(increment: "c") { "three" }
        let second = feed.messages(after: first.version)
        #expect(texts(second.messages) == ["more b", "more c"])
        #expect(texts(feed.messages(after: 0).messages) == ["study three"])
    }

    @Test func aPageThatLagsGetsTheStudyAgain() {
        let feed = PageFeed(limit: 3)
        feed.publish(increment: nil) { "1" }
        let version = feed.messages(after: 0).version
        for number in 2...5 { feed.publish(increment: "i\(number)") { "\(number)" } }
        #expect(texts(feed.messages(after: version).messages) == ["study 5"])
        #expect(
            texts(feed.messages(after: version + 1).messages) == ["more i3", "more i4", "more i5"])
    }

    @Test func withoutAnIncrementAllPagesBeginAgain() {
        let feed = PageFeed()
        feed.publish(increment: nil) { "1" }
        let version = feed.messages(after: 0).version
        feed.publish(increment: nil) { "2" }
        #expect(texts(feed.messages(after: version).messages) == ["study 2"])
    }

    @Test func aProblemIsToldOnceAndEndsWithTheNextStudy() {
        let feed = PageFeed()
        feed.publish(problem: "\"gone\"")
        let first = feed.messages(after: 0)
        #expect(texts(first.messages) == ["problem \"gone\""])
        feed.publish(problem: "\"gone\"")
        #expect(feed.messages(after: first.version).messages.isEmpty)
        feed.publish(increment: "i") { "1" }
        #expect(texts(feed.messages(after: first.version).messages) == ["study 1"])
    }

    /// A large study is written out once, however many open its page.
    @Test func theStudyIsMadeOnceForAVersion() {
        let feed = PageFeed()
        let count = Mutex(0)
        feed.publish(increment: nil) {
            count.withLock { $0 += 1 }
            return "1"
        }
        for _ in 0..<100 { #expect(texts(feed.messages(after: 0).messages) == ["study 1"]) }
        #expect(count.withLock { $0 } == 1)
    }

    @Test func waitingEndsWithTheNextVersionWithTimeAndWithTheTask() async {
        let feed = PageFeed()
        await feed.wait(after: 0, seconds: 0.01)
        async let waited: Void = feed.wait(after: 0, seconds: 600)
        feed.publish(increment: nil) { "1" }
        await waited
        let task = Task { await feed.wait(after: 1, seconds: 600) }
        task.cancel()
        await task.value
    }
}
