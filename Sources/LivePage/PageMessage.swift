internal import Synchronization

/// One event of the stream, as `text/event-stream` writes it. Its bytes are there once, however many
/// readers take it.
package final class PageMessage: Sendable {
    /// `study`, `more` or `problem`.
    package let event: String
    private let bytes: Mutex<[UInt8]?>

    /// An event.
    ///
    /// - Parameter data: JSON in one line.
    package init(_ event: String, _ data: String) {
        self.event = event
        bytes = Mutex(Array("event: \(event)\ndata: \(data)\n\n".utf8))
    }

    /// The event's lines and the empty one behind them; empty where it was dropped.
    package var text: String { String(decoding: bytes.withLock { $0 ?? [] }, as: UTF8.self) }

    /// Forgets the bytes. Readers that have not taken all of them have to ask again.
    func drop() { bytes.withLock { $0 = nil } }

    /// At most `count` bytes from a place on, none behind the end.
    ///
    /// - Throws: `Dropped`.
    func part(from place: Int, count: Int) throws -> ArraySlice<UInt8> {
        try bytes.withLock { bytes in
            guard let bytes else { throw Dropped() }
            return bytes[min(place, bytes.count)...].prefix(count)
        }
    }

    /// That a message was forgotten before a reader had taken it.
    struct Dropped: Error {}
}
