internal import Dispatch
internal import LuaBridge
internal import Platform

/// Writes a line to standard error, in one piece.
package func standardError(_ line: String) { Terminal.write(line + "\n") }

/// Ends the process at once, with its streams flushed. What cannot be written makes it a failure.
///
/// Exit handlers do not run: libraries tear down there what threads that still compute are using.
package func quit(_ status: Int32) -> Never { _exit(endStreams(status)) }

/// Ends the process while its other threads run, of which one may hold a stream's lock for ever.
func quitInTheMiddle(_ status: Int32) -> Never {
    let flushed = DispatchSemaphore(value: 0)
    LuaThread.start {
        fflush(nil)
        flushed.signal()
    }
    _ = flushed.wait(timeout: .now() + 1)
    _exit(status)
}
