/// Another way to an ``AskServer`` than lines on a socket, as HTTP.
package protocol AskDoor: Sendable {
    /// Lets clients in until ``close()``.
    ///
    /// - Returns: where the door is, in words for the user.
    /// - Throws: ``AskDoorError``.
    func open(to server: AskServer) throws -> String

    /// Lets no one in any more.
    func close()
}

/// Why a door cannot be opened, in one line for the user.
package struct AskDoorError: Error, CustomStringConvertible {
    /// The line.
    package let description: String

    /// - Parameter description: the option first.
    package init(_ description: String) { self.description = description }
}
