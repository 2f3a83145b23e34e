internal import CProcesses

/// Writes to a socket at once, for a thread that need not wake the poller's for that.
package enum DirectWriter {
    /// Writes what the socket takes now.
    ///
    /// - Parameter descriptor: a socket that stays open during the call.
    /// - Returns: how many bytes that were; 0 also where the connection is broken.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int {
        var count: Int
        repeat {
            count = cp_send(descriptor, bytes, bytes.count)
        } while count < 0 && errno == EINTR
        return max(0, count)
    }
}
