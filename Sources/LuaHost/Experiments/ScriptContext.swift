internal import LuaBridge
internal import Running

/// What everything in one script's Lua state shares.
struct ScriptContext {
    let lua: LuaState
    let settings: RunSettings
    let interruption: Interruption
    let observer: any RunObserver
    let prelude: Prelude
}
