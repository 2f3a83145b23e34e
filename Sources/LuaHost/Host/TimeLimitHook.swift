internal import LuaBridge

/// What ends a trial's Lua code once the trial has computed for longer than it may.
///
/// Only trials with a limit are watched: a count hook makes Lua code slower, up to half as fast. From
/// the moment the time is up every step raises the error, so that a loop around `pcall` ends, too.
/// Out of reach are C functions that do not return (an endless pattern match, `os.execute`) and
/// what runs while a coroutine is closed.
struct TimeLimitHook {
    /// `watched(train)`: the same function, watched.
    private let watched: LuaFunction

    /// - Parameter overdue: the message to end the running trial with, nil while it may continue.
    init(in lua: LuaState, overdue: @escaping () -> String?) throws {
        let check = try lua.function("overdue") { call in
            guard let message = overdue() else { return try call.return(LuaTree.nil) }
            return try call.return(message)
        }
        let install = try lua.run(text: Self.source, name: "=mohpo")
        guard case .function(let install) = install.first,
            case .function(let watched) = try install.call([check.luaTree]).first
        else { preconditionFailure("the hook's source returns a function that returns one") }
        self.watched = watched
    }

    func watch(_ train: LuaFunction) throws -> LuaFunction {
        guard case .function(let function) = try watched.call([train.luaTree]).first else {
            preconditionFailure("a watched function is a function")
        }
        return function
    }

    private static let source = #"""
        local sethook, gethook, error, type = debug.sethook, debug.gethook, error, type
        local ipairs, coroutine = ipairs, coroutine

        return function(overdue)
          local function hook()
            local message = overdue()
            if message then
              sethook(hook, "", 1)
              error(message, 2)
            end
          end

          local function watched(f)
            return function(...)
              sethook(hook, "", 10000)
              return f(...)
            end
          end

          -- A hook belongs to one coroutine: those that a watched one makes are watched as well.
          for _, name in ipairs { "create", "wrap" } do
            local make = coroutine[name]
            coroutine[name] = function(f)
              if type(f) == "function" and gethook() == hook then return make(watched(f)) end
              return make(f)
            end
          end

          return watched
        end
        """#
}
