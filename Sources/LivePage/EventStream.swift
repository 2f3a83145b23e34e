internal import FlyingSocks

/// The body of a server-sent event stream: what one reader is sent, for as long as it listens.
///
/// The server asks for more when the reader has taken what was sent, so nothing is kept for one that
/// hangs but the message that it does not take.
struct EventStream: AsyncBufferedSequence {
    typealias Element = UInt8

    let feed: PageFeed

    func makeAsyncIterator() -> Iterator { Iterator(feed: feed) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        /// A line that says nothing, so that a reader that has gone is noticed.
        private static let pulse = Array(": \n\n".utf8)
        private static let secondsBetweenPulses = 15.0

        let feed: PageFeed
        private var version = 0
        private var rest: ArraySlice<UInt8> = []

        init(feed: PageFeed) { self.feed = feed }

        mutating func next() async throws -> UInt8? {
            try await nextBuffer(suggested: 1)?.first
        }

        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            if rest.isEmpty { rest = try await more() }
            let part = rest.prefix(max(1, count))
            rest = rest.dropFirst(part.count)
            return part
        }

        private mutating func more() async throws -> ArraySlice<UInt8> {
            await feed.wait(after: version, seconds: Self.secondsBetweenPulses)
            try Task.checkCancellation()
            let (messages, version) = feed.messages(after: version)
            self.version = version
            guard !messages.isEmpty else { return Self.pulse[...] }
            return Array(messages.map(\.text).joined().utf8)[...]
        }
    }
}
