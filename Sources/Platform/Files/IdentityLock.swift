internal import CAffinity

/// The right to write a file, which one opening of it at a time has, in any process and by any of the
/// file's names.
///
/// The lock is on one byte far behind the content, which other locks leave alone, and goes with the
/// opening. Some systems have no such locks: there every opening gets it.
package enum IdentityLock {
    /// Takes the lock.
    ///
    /// - Parameter descriptor: open for writing.
    /// - Returns: false when another opening has it.
    package static func take(_ descriptor: Int32) -> Bool {
        ca_take_open_file_lock(descriptor) != 0
    }

    /// Gives the lock back before the descriptor is closed.
    package static func giveBack(_ descriptor: Int32) { ca_give_open_file_lock_back(descriptor) }
}
