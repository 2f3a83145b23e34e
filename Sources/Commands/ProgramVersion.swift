internal import LuaBridge

/// Which program this is.
enum ProgramVersion {
    /// The release, as `--version` prints it and studies keep it.
    static let current = "0.1.0"

    /// What `-v` prints: this program's release and Lua's.
    static let all = "mohpo-lua \(current), \(LuaState.version)"
}
