internal import LuaBridge

/// Reads, evaluates and prints, a line at a time, in a host's state.
///
/// The modules of the API are there as `ag`, `nn` and `data`, unless the script has globals of these
/// names. A line is tried as an expression first;
/// one that is not complete waits for the next.
package final class Repl {
    /// What became of a line.
    package enum Outcome {
        /// More is needed.
        case incomplete
        case done
        /// An interrupt ended it, and the session continues.
        case interrupted
        /// A final interrupt ended it and ends the session.
        case over
        /// Message and, where it was raised by running code, traceback.
        case failed(String)
    }

    private let host: ScriptHost
    private var lua: LuaState { host.lua }
    private let show: LuaFunction
    private let completion: Completion
    private var pending = ""

    init(_ host: ScriptHost) throws {
        self.host = host
        completion = try Completion(in: host.lua)
        let globals = try host.lua.globals
        for (name, module) in [("ag", "mohpo"), ("nn", "mohpo.nn"), ("data", "mohpo.data")]
        where try globals.rawGet(name).isNil {
            try host.lua.run(text: "\(name) = require '\(module)'", name: "=mohpo")
        }
        guard case .function(let show)? = try host.lua.run(text: Self.source, name: "=mohpo").first
        else { preconditionFailure("the source returns a function") }
        self.show = show
    }

    /// What the name at the end of `text`, the line up to the cursor, could become.
    package func completions(of text: String) -> [String] { completion.names(for: text) }

    /// Takes the next line and prints what it gives to standard output.
    package func take(_ line: String) -> Outcome {
        let text = pending.isEmpty ? line : pending + "\n" + line
        pending = ""
        do {
            try show.call(compiled(text).call([]).map(\.luaTree))
            // It may have come too late to end anything.
            return host.interruption.isRequested ? afterInterrupt() : .done
        } catch let error as LuaError {
            if host.interruption.isRequested { return afterInterrupt() }
            if error.traceback == nil, error.message.hasSuffix("near <eof>") {
                pending = text
                return .incomplete
            }
            return .failed(
                [error.message, error.traceback].compactMap { $0 }.joined(separator: "\n"))
        } catch {
            return .failed(String(describing: error))
        }
    }

    /// Drops the lines of something that is not complete.
    package func forget() { pending = "" }

    private func afterInterrupt() -> Outcome {
        guard host.interruption.takeBack() else { return .over }
        lua.clearInterrupt()
        return .interrupted
    }

    private func compiled(_ text: String) throws -> LuaFunction {
        if let expression = try? lua.load(text: "return " + text, name: "=stdin") {
            return expression
        }
        return try lua.load(text: text, name: "=stdin")
    }

    /// Prints values as `print` does, and tables that do not print themselves with what is in them.
    private static let source = #"""
        local most, deepest = 40, 4
        local getmetatable = debug and debug.getmetatable or getmetatable -- the sandbox has no other

        local function quoted(value)
          return type(value) == "string" and ("%q"):format(value) or tostring(value)
        end

        local function shown(value, depth, seen)
          if type(value) ~= "table" then return depth == 0 and tostring(value) or quoted(value) end
          local meta = getmetatable(value)
          if type(meta) == "table" and rawget(meta, "__tostring") then return tostring(value) end
          if seen[value] or depth >= deepest then return tostring(value) end
          seen[value] = true
          local parts, names, count = {}, {}, rawlen(value)
          for i = 1, math.min(count, most) do
            parts[i] = shown(rawget(value, i), depth + 1, seen)
          end
          for key in next, value do
            if not (math.type(key) == "integer" and key >= 1 and key <= count) then
              names[#names + 1] = key
            end
          end
          table.sort(names, function(a, b) return quoted(a) < quoted(b) end)
          for i = 1, math.min(#names, most) do
            local key = names[i]
            local plain = type(key) == "string" and key:find "^[%a_][%w_]*$"
            parts[#parts + 1] = (plain and key or "[" .. quoted(key) .. "]") .. " = "
              .. shown(rawget(value, key), depth + 1, seen)
          end
          seen[value] = nil
          local left = math.max(0, count - most) + math.max(0, #names - most)
          if left > 0 then parts[#parts + 1] = "… " .. left .. " more" end
          local line = table.concat(parts, ", ")
          if #parts == 0 then return "{}" end
          if #line <= 80 and not line:find "\n" then return "{ " .. line .. " }" end
          local indent = ("  "):rep(depth + 1)
          return "{\n" .. indent .. table.concat(parts, ",\n" .. indent) .. "\n"
            .. ("  "):rep(depth) .. "}"
        end

        return function(...)
          if select("#", ...) == 0 then return end
          local texts = table.pack(...)
          for i = 1, texts.n do texts[i] = shown(texts[i], 0, {}) end
          print(table.unpack(texts, 1, texts.n))
        end
        """#
}
