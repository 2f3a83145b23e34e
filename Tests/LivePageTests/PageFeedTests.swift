import LivePage
import Synchronization
import Testing

@Suite struct PageFeedTests {
    /// A feed with a reader, so that increments are made.
    private func feed(limit: Int = 64) -> PageFeed {
        let feed = PageFeed(limit: limit)
        feed.countReader(1)
        return feed
    }

    private func texts(_ messages: [PageMessage]) -> [String] { messages.map(\.text) }

    private func text(_ event: String, _ data: String) -> String {
        "event: \(event)\ndata: \(data)\n\n"
    }

    @Test func aPageGetsTheStudyAndThenWhatIsNew() {
        let feed = feed()
        #expect(feed.messages(after: 0).messages.isEmpty)
        feed.publish {
            nil
        } complete: {
            "one"
        }
        let first = feed.messages(after: 0)
        #expect(texts(first.messages) == [text("study", "one")])
        #expect(feed.messages(after: first.version).messages.isEmpty)
        feed.publish {
            "b"
        } complete: {
            "two"
        }
        feed.publish {
            "c"
        } complete: {
            "three"
        }
        let second = feed.messages(after: first.version)
        #expect(texts(second.messages) == [text("more", "b"), text("more", "c")])
        #expect(texts(feed.messages(after: 0).messages) == [text("study", "three")])
    }

    @Test func aPageThatLagsGetsTheStudyAgain() {
        let feed = feed(limit: 3)
        feed.publish {
            nil
        } complete: {
            "1"
        }
        let version = feed.messages(after: 0).version
        for number in 2...5 {
            feed.publish {
                "i\(number)"
            } complete: {
                "\(number)"
            }
        }
        #expect(texts(feed.messages(after: version).messages) == [text("study", "5")])
        #expect(
            texts(feed.messages(after: version + 1).messages)
                == ["i3", "i4", "i5"].map { text("more", $0) })
    }

    @Test func withoutAnIncrementAllPagesBeginAgain() {
        let feed = feed()
        feed.publish {
            nil
        } complete: {
            "1"
        }
        let version = feed.messages(after: 0).version
        feed.publish {
            nil
        } complete: {
            "2"
        }
        #expect(texts(feed.messages(after: version).messages) == [text("study", "2")])
    }

    /// What no page asks for is not made.
    @Test func withoutReadersThereAreNoIncrements() {
        let feed = PageFeed()
        feed.publish {
            nil
        } complete: {
            "1"
        }
        var count = 0
        func increment() -> String {
            count += 1
            return "i"
        }
        feed.publish {
            increment()
        } complete: {
            "2"
        }
        #expect(count == 0)
        feed.countReader(1)
        feed.publish {
            increment()
        } complete: {
            "3"
        }
        #expect(count == 1)
        // A page that came between is sent what followed, one of before the study.
        #expect(texts(feed.messages(after: 2).messages) == [text("more", "i")])
        #expect(texts(feed.messages(after: 1).messages) == [text("study", "3")])
    }

    @Test func aProblemIsToldOnceAndEndsWithTheNextStudy() {
        let feed = feed()
        feed.publish(problem: "\"gone\"")
        let first = feed.messages(after: 0)
        #expect(texts(first.messages) == [text("problem", "\"gone\"")])
        feed.publish(problem: "\"gone\"")
        #expect(feed.messages(after: first.version).messages.isEmpty)
        feed.publish {
            "i"
        } complete: {
            "1"
        }
        #expect(texts(feed.messages(after: first.version).messages) == [text("study", "1")])
    }

    /// A large study is written out once, however many open its page.
    @Test func theStudyIsMadeOnceForAVersion() {
        let feed = feed()
        let count = Mutex(0)
        feed.publish {
            nil
        } complete: {
            count.withLock { $0 += 1 }
            return "1"
        }
        for _ in 0..<100 {
            #expect(texts(feed.messages(after: 0).messages) == [text("study", "1")])
        }
        #expect(count.withLock { $0 } == 1)
    }

    /// Readers that take nothing of what they were given keep four studies in memory at most.
    @Test func studiesThatNoOneTakesAreDropped() {
        let feed = feed()
        var held: [PageMessage] = []
        for number in 1...6 {
            feed.publish {
                nil
            } complete: {
                "\(number)"
            }
            held += feed.messages(after: 0).messages
        }
        #expect(held.map { !$0.text.isEmpty } == [false, false, true, true, true, true])
    }

    @Test func waitingEndsWithTheNextVersionWithTimeAndWithTheTask() async {
        let feed = feed()
        await feed.wait(after: 0, seconds: 0.01)
        async let waited: Void = feed.wait(after: 0, seconds: 600)
        feed.publish {
            nil
        } complete: {
            "1"
        }
        await waited
        let task = Task { await feed.wait(after: 1, seconds: 600) }
        task.cancel()
        await task.value
    }

    @Test func theLastWordComesBehindAllOthers() async {
        let feed = feed()
        feed.publish {
            nil
        } complete: {
            "1"
        }
        #expect(feed.farewell == nil)
        feed.publish(end: "\"bye\"")
        await feed.wait(after: 1, seconds: 600)
        #expect(texts(feed.messages(after: 0).messages) == [text("study", "1")])
        #expect(feed.messages(after: 1).messages.isEmpty)
        #expect(feed.farewell?.text == text("end", "\"bye\""))
    }
}
