/// The thread of a coroutine that Swift drives, and what its suspended call waits for.
final class DrivenThread {
    let thread: OpaquePointer
    /// What answers the call that suspended it.
    var continuation: LuaNativeBody?

    init(_ thread: OpaquePointer) { self.thread = thread }
}
