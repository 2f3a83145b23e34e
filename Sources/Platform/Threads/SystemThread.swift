/// A thread of the system's with a stack of a given size.
///
/// Foundation's threads and those of pools have 512 KiB on some systems.
package struct SystemThread: Sendable {
    private let handle: Handle

    /// Runs `body` on a new thread, which no signal is blocked on.
    ///
    /// - Parameter stackSize: bytes; by default what a main thread has on common systems.
    @discardableResult
    package static func start(
        stackSize: Int = 8 << 20, _ body: @escaping @Sendable () -> Void
    ) -> SystemThread {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        let held = Unmanaged.passRetained(Body(body)).toOpaque()
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let status = pthread_create(&thread, &attributes, enter, held)
        precondition(status == 0, "the system gives no thread (error \(status))")
        #if canImport(Darwin)
            return SystemThread(handle: Handle(thread!))
        #else
            return SystemThread(handle: Handle(thread))
        #endif
    }

    /// The calling thread.
    package static var current: SystemThread { SystemThread(handle: Handle(pthread_self())) }

    /// Whether the calling thread is this one.
    package var isCurrent: Bool { pthread_equal(handle.thread, pthread_self()) != 0 }

    /// Has a signal delivered on this thread, which must still be running.
    package func send(signal: Int32) { pthread_kill(handle.thread, signal) }

    /// A thread's handle is an identifier that any thread may use; on some systems its C type is a
    /// pointer, which Swift does not take for sendable.
    private struct Handle: @unchecked Sendable {
        let thread: pthread_t
        init(_ thread: pthread_t) { self.thread = thread }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }

        func start() {
            // A thread of a pool, which may have started this one, has all signals blocked, and a
            // thread inherits that; an interrupt could then never arrive.
            var none = sigset_t()
            sigemptyset(&none)
            pthread_sigmask(SIG_SETMASK, &none, nil)
            run()
        }
    }

    #if canImport(Darwin)
        private static let enter:
            @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? =
                { held in
                    Unmanaged<Body>.fromOpaque(held).takeRetainedValue().start()
                    return nil
                }
    #else
        private static let enter:
            @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { held in
                Unmanaged<Body>.fromOpaque(held!).takeRetainedValue().start()
                return nil
            }
    #endif
}
