internal import CLibPQ
internal import Platform

/// Waiting for what other sessions notify.
extension ServerConnection {
    /// Waits until a channel that the session listens to was notified, `descriptor` can be read, or so
    /// many seconds have passed. A connection that is lost ends the wait: the next statement says so.
    func wait(seconds: Double, until descriptor: Int32) {
        guard !takeNotifications() else { return }
        var waits = [
            pollfd(fd: libpq_socket(pointer), events: Int16(POLLIN), revents: 0),
            pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&waits, 2, Int32(min(seconds, 3600) * 1e3)) > 0 else { return }
        _ = libpq_consumeInput(pointer)
        _ = takeNotifications()
    }

    /// Whether there were notifications since the last call.
    private func takeNotifications() -> Bool {
        var isAny = false
        while let notification = libpq_notifies(pointer) {
            libpq_freemem(notification)
            isAny = true
        }
        return isAny
    }
}
