/// Reads what comes out of a pipe or a socket, as long as the reader wants more. Belongs to the
/// poller's thread.
package final class PipeReader {
    private let descriptor: Int32
    private var watch: PollWatch?
    private let take: (UnsafeRawBufferPointer) -> Void
    private let ended: () -> Void

    /// Reads until the end of the pipe, or ``close()``.
    ///
    /// - Parameters:
    ///   - descriptor: must not block; it is closed at the end.
    ///   - take: is given what has come, at least one byte.
    ///   - ended: is called once, when nothing more comes.
    package init(
        _ descriptor: Int32, take: @escaping (UnsafeRawBufferPointer) -> Void,
        ended: @escaping () -> Void
    ) {
        (self.descriptor, self.take, self.ended) = (descriptor, take, ended)
        watch = Poller.shared.watch(descriptor, for: .reading) { [self] _ in read() }
    }

    /// Whether more is read: a program whose output no one takes waits at its pipe.
    package var isPaused: Bool {
        get { watch?.interest.isEmpty ?? false }
        set { watch?.interest = newValue ? [] : .reading }
    }

    /// Nothing more comes.
    package var isClosed: Bool { watch == nil }

    /// Bytes that are read at once.
    private static let size = 1 << 16

    /// Reads once.
    ///
    /// - Returns: whether there was something.
    @discardableResult
    private func read() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: Self.size, alignment: 16) { buffer in
            var count: Int
            repeat {
                count = Platform.read(descriptor, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            if count > 0 {
                take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                return true
            }
            if count == 0 || (errno != EAGAIN && errno != EWOULDBLOCK) { close() }
            return false
        }
    }

    /// Reads what is in the pipe now, of a program that has ended; at most so many bytes.
    package func drain(atMost limit: Int) {
        var rest = limit
        while rest > 0, !isClosed, !isPaused, read() { rest -= Self.size }
    }

    /// Reads no more, and closes the descriptor.
    package func close() {
        guard let watch else { return }
        self.watch = nil
        watch.cancel()
        Platform.close(descriptor)
        ended()
    }
}
