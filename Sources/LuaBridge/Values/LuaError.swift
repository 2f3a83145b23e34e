internal import CLua

/// An error on its way between Lua and Swift.
public struct LuaError: Error, CustomStringConvertible {
    /// Where a message points when it is raised in the script.
    public enum Position: Sendable {
        /// The message stands as it is.
        case none
        /// `file:line:` of the script's line that made the call stands before it.
        case caller
        /// The message is about argument `n`: "bad argument #n to 'f' (…)".
        case argument(Int)
    }

    /// What is wrong, without the place.
    public let message: String
    /// What the message is about, from which Lua takes the line.
    public let position: Position
    /// The script's own error value, when it raised something else than a string.
    public var value: LuaValue? { held?.value }
    private let held: HeldValue?
    /// "stack traceback: …", where one could be taken.
    public let traceback: String?

    /// An error to raise in the script, by default at the line that made the call.
    ///
    /// The middle of a message of more than 8 KB is left out: a script's names and values may be long.
    public init(_ message: String, at position: Position = .caller) {
        self.message = Self.cut(message)
        self.position = position
        held = nil
        traceback = nil
    }

    /// An error that a script has raised.
    public init(message: String, value: LuaValue?, traceback: String?) {
        self.message = message
        held = value.map(HeldValue.init)
        self.traceback = traceback
        position = .none
    }

    private static func cut(_ message: String) -> String {
        guard message.utf8.count > 8192 else { return message }
        let scalars = message.unicodeScalars
        return String(scalars.prefix(1500)) + " […] " + String(scalars.suffix(500))
    }

    public var description: String { message }

    /// Takes the error value on the top of `thread`, and pops it.
    init(popping thread: OpaquePointer, of state: LuaState, traceback: String? = nil) {
        defer { lua_settop(thread, -2) }
        do {
            let value = try state.value(at: -1, of: thread)
            if case .string(let text) = value {
                self.init(message: text.description, value: nil, traceback: traceback)
            } else {
                self.init(
                    message: state.describeError(value, at: thread), value: value,
                    traceback: traceback)
            }
        } catch {
            // No room to keep the value: why is then the message.
            self.init(message: String(describing: error), value: nil, traceback: traceback)
        }
    }
}

/// Carries a value through Swift's error handling.
///
/// Errors must be sendable. The value is: it is immutable, may be dropped on any thread, and is used
/// only through its state, which stays on its own thread.
private final class HeldValue: @unchecked Sendable {
    let value: LuaValue
    init(_ value: LuaValue) { self.value = value }
}
