/// Writes into a pipe or a socket as fast as its reader reads. Belongs to the poller's thread.
package final class PipeWriter {
    private let descriptor: Int32
    private let closesDescriptor: Bool
    private var watch: PollWatch?
    private var waiting: [UInt8] = []
    private var isEnding = false
    private let changed: () -> Void
    /// No one reads any more, or ``close()`` was called.
    package private(set) var isClosed = false

    /// - Parameters:
    ///   - descriptor: must not block.
    ///   - closesDescriptor: closes it at the end.
    ///   - changed: is called when all has been written, or no one reads any more.
    package init(_ descriptor: Int32, closesDescriptor: Bool, changed: @escaping () -> Void) {
        (self.descriptor, self.closesDescriptor) = (descriptor, closesDescriptor)
        self.changed = changed
    }

    /// Bytes that still wait for the reader.
    package var count: Int { waiting.count }

    /// Writes the bytes when those before are written.
    package func write(_ bytes: some Sequence<UInt8>) {
        guard !isClosed, !isEnding else { return }
        waiting += bytes
        flush()
    }

    /// Closes the pipe once all is written.
    package func end() {
        isEnding = true
        flush()
    }

    /// Closes the pipe at once.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        waiting = []
        watch?.cancel()
        watch = nil
        if closesDescriptor { Platform.close(descriptor) }
        changed()
    }

    private func flush() {
        while !waiting.isEmpty, !isClosed {
            let count = Platform.write(descriptor, waiting, waiting.count)
            if count < 0 && errno == EINTR { continue }
            if count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) { return awaitRoom() }
            guard count > 0 else { return close() }
            waiting.removeFirst(count)
        }
        guard !isClosed else { return }
        watch?.cancel()
        watch = nil
        if isEnding { close() } else { changed() }
    }

    private func awaitRoom() {
        guard watch == nil else { return }
        watch = Poller.shared.watch(descriptor, for: .writing) { [self] _ in flush() }
    }
}
