/// A file that is open, closed with the value.
package struct OpenFile: ~Copyable {
    /// Valid as long as the value is.
    package let descriptor: Int32

    /// Takes over a descriptor.
    package init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// What the file is.
    ///
    /// - Throws: `FileError`.
    package func status() throws -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError.last }
        return status
    }

    /// Bytes in a regular file.
    ///
    /// - Throws: `FileError`, `.notAFile` for anything else.
    package func size() throws -> Int {
        let status = try status()
        guard status.st_mode & S_IFMT == S_IFREG else { throw FileError.notAFile }
        return Int(status.st_size)
    }

    /// Reads bytes until the buffer is full or the file ends.
    ///
    /// - Returns: how many bytes were read.
    /// - Throws: `FileError`.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        var offset = 0
        while offset < buffer.count {
            let count = Platform.read(
                descriptor, buffer.baseAddress! + offset, buffer.count - offset)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileError.last }
            guard count > 0 else { break }
            offset += count
        }
        return offset
    }

    /// Reads all of a regular file.
    ///
    /// - Throws: `FileError`.
    package func bytes() throws -> [UInt8] {
        let size = try size()
        return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = try read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    /// Writes all of the bytes.
    ///
    /// - Throws: `FileError`.
    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        var offset = 0
        while offset < bytes.count {
            let count = Platform.write(
                descriptor, bytes.baseAddress! + offset, bytes.count - offset)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FileError.last }
            offset += count
        }
    }

    /// Writes all that is still to be read of this file to another one.
    ///
    /// - Throws: `FileError`.
    package func copy(to target: borrowing OpenFile) throws {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { block.deallocate() }
        while true {
            let count = try read(into: block)
            if count == 0 { return }
            try target.write(UnsafeRawBufferPointer(rebasing: block[..<count]))
        }
    }

    /// Closes the file and tells what the system only finds out then, as some do of a full disk.
    ///
    /// - Throws: `FileError`.
    package consuming func closeChecked() throws {
        let descriptor = descriptor
        discard self
        guard close(descriptor) == 0 || errno == EINTR else { throw FileError.last }
    }
}

extension OpenFile {
    /// Hands the descriptor over to the caller, who closes it.
    package consuming func release() -> Int32 {
        let descriptor = descriptor
        discard self
        return descriptor
    }
}
