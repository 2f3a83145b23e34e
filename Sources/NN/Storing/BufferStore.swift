package import Platform
internal import Synchronization

/// Where buffers of networks go that are not in use, so that their memory is free: a temporary file
/// without a name, made when the first goes there.
///
/// ```swift
/// let store = BufferStore()
/// let bytes = try classifier.moveOut(to: store)    // so much memory is free now
/// try classifier.partialFit(train)                 // reads them back first
/// ```
///
/// What comes back is bit for bit what was kept. Any number of threads may use a store.
package final class BufferStore: Sendable {
    private struct State {
        var file: UnlinkedFile?
        var space = FileSpace()
    }
    private let state = Mutex(State())
    private let open: @Sendable () throws -> UnlinkedFile

    /// - Parameter open: makes the file; by default among the system's temporary files.
    package init(open: @escaping @Sendable () throws -> UnlinkedFile = UnlinkedFile.temporary) {
        self.open = open
    }

    /// The folder of the file; nil where nothing has been kept yet.
    package var folder: String? { state.withLock { $0.file?.folder } }

    /// The size that the file must have for what it holds.
    package var size: Int { state.withLock { $0.space.end } }

    /// Writes buffers one behind the other.
    ///
    /// - Throws: ``BufferStoreError``.
    func keep(_ buffers: [UnsafeRawBufferPointer]) throws -> StoredBuffers {
        let count = buffers.reduce(0) { $0 + $1.count }
        do {
            let (file, start) = try state.withLock { state in
                let file = try state.file ?? open()
                state.file = file
                return (file, state.space.take(count))
            }
            // Given back if it cannot be written.
            let stored = StoredBuffers(in: self, file, at: start..<start + count)
            var offset = start
            for buffer in buffers {
                try file.write(buffer, at: offset)
                offset += buffer.count
            }
            return stored
        } catch let error as FileError {
            throw BufferStoreError(
                folder: folder ?? UnlinkedFile.temporaryFolder, isReading: false, error: error)
        }
    }

    fileprivate func give(_ range: Range<Int>) { state.withLock { $0.space.give(range) } }
}

/// Buffers in a ``BufferStore``. Their place there is free again with the last reference.
final class StoredBuffers: Sendable {
    private let store: BufferStore
    private let file: UnlinkedFile
    private let range: Range<Int>

    fileprivate init(in store: BufferStore, _ file: UnlinkedFile, at range: Range<Int>) {
        (self.store, self.file, self.range) = (store, file, range)
    }

    deinit { store.give(range) }

    /// Reads them back into buffers of the same sizes.
    ///
    /// - Throws: ``BufferStoreError``; they are still in the store.
    func read(into buffers: [UnsafeMutableRawBufferPointer]) throws {
        precondition(buffers.reduce(0) { $0 + $1.count } == range.count)
        var offset = range.lowerBound
        do {
            for buffer in buffers {
                try file.read(into: buffer, at: offset)
                offset += buffer.count
            }
        } catch let error as FileError {
            throw BufferStoreError(folder: file.folder, isReading: true, error: error)
        }
    }
}

/// Why buffers of a network could not go to a temporary file, or not come back.
package struct BufferStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The folder of the file.
    package let folder: String
    /// They could not come back.
    package let isReading: Bool
    /// What the system says.
    package let error: FileError

    package var description: String {
        isReading
            ? "a network's buffers cannot be read back from a temporary file in \(folder): \(error)"
            : "no temporary file can be written in \(folder): \(error)"
    }
}
