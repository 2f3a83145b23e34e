internal import FlyingSocks

/// The body of a server-sent event stream: what one reader is sent, for as long as it listens.
///
/// The server asks for more when the reader has taken what was sent, so a reader that hangs holds its
/// place in a message that it shares with others.
struct EventStream: AsyncBufferedSequence {
    typealias Element = UInt8

    let feed: PageFeed
    /// Those of all pages of the server.
    let readers: ReaderCount

    func makeAsyncIterator() -> Iterator { Iterator(feed, readers) }

    struct Iterator: AsyncBufferedIteratorProtocol {
        /// A line that says nothing, so that a reader that has gone is noticed.
        private static let pulse = Array(": \n\n".utf8)
        private static let secondsBetweenPulses = 15.0

        private let feed: PageFeed
        private let presence: Presence
        private var version = 0
        private var messages: [PageMessage] = []
        /// How much of the first message was taken.
        private var place = 0
        private var isOver = false

        init(_ feed: PageFeed, _ readers: ReaderCount) {
            self.feed = feed
            presence = Presence(in: feed, among: readers)
        }

        mutating func next() async throws -> UInt8? {
            try await nextBuffer(suggested: 1)?.first
        }

        /// Never empty: an empty part would end the body.
        mutating func nextBuffer(suggested count: Int) async throws -> ArraySlice<UInt8>? {
            while true {
                if let part = try part(count) { return part }
                if isOver { return nil }
                await feed.wait(after: version, seconds: Self.secondsBetweenPulses)
                try Task.checkCancellation()
                (messages, version) = feed.messages(after: version)
                guard messages.isEmpty else { continue }
                guard let farewell = feed.farewell else { return Self.pulse[...] }
                messages = [farewell]
                isOver = true
            }
        }

        /// What is next of the messages that there are; nil behind the last.
        private mutating func part(_ count: Int) throws -> ArraySlice<UInt8>? {
            while let message = messages.first {
                let part = try message.part(from: place, count: Swift.max(1, count))
                place += part.count
                if !part.isEmpty { return part }
                messages.removeFirst()
                place = 0
            }
            return nil
        }
    }

    /// Counts a reader for as long as its stream lasts.
    private final class Presence: Sendable {
        private let feed: PageFeed
        private let readers: ReaderCount

        init(in feed: PageFeed, among readers: ReaderCount) {
            (self.feed, self.readers) = (feed, readers)
            feed.countReader(1)
            readers.change(by: 1)
        }

        deinit {
            feed.countReader(-1)
            readers.change(by: -1)
        }
    }
}
