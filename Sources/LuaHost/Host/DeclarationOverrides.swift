internal import LuaBridge

/// Settings in a file of their own, under which a script runs unchanged.
extension ScriptHost {
    /// Has every `ag.experiment` of the script declare what a Lua file says: the fields of the table that
    /// the file returns replace those of the script's table. A function that the file returns is given
    /// a copy of the script's table and returns the one to declare.
    ///
    /// ```lua
    /// local ag = require "mohpo"
    /// return { scheduler = ag.hyperband { max_t = 81, type = "promotion" } }
    /// ```
    ///
    /// - Throws: `LuaError` when the file cannot be run, or returns something else.
    func override(with path: String) throws {
        let settings = try placed(path) { try lua.load(file: path) }.call([]).first ?? .nil
        switch settings {
        case .table, .function: break
        default:
            throw LuaError(
                "\(path): expected a table of settings or a function that makes one, "
                    + "got \(settings.shown)", at: .none)
        }
        try lua.run(text: Self.overriding, name: "=mohpo", [settings.luaTree, .text(path)])
    }

    /// Without the lines of its own that messages would name in place of the script's.
    private static let overriding = """
        local override = load(string.dump(function(settings, path, ag)
          local error, next, type = error, next, type
          local declare = ag.experiment
          rawset(ag, "experiment", function(options, ...)
            if type(options) ~= "table" then return declare(options, ...) end
            local changed = {}
            for key, value in next, options do changed[key] = value end
            if type(settings) == "table" then
              for key, value in next, settings do changed[key] = value end
            else
              changed = settings(changed)
              if type(changed) ~= "table" then
                error(path .. ": expected the function to return a table, got " .. type(changed), 0)
              end
            end
            return declare(changed, ...)
          end)
        end, true))
        local settings, path = ...
        override(settings, path, require "mohpo")
        """
}
