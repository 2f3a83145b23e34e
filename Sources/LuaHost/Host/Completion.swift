internal import LuaBridge

/// What the name at the end of a line could become: globals and keywords, fields of tables, properties
/// and methods of objects.
///
/// Nothing is computed to find out: no metamethod runs, and a property of an object, whose value only
/// a call could tell, leads no further.
struct Completion {
    private let lua: LuaState
    /// `look(calls, …)`: the value that the names lead to, and the names of its fields.
    private let look: LuaFunction

    init(in lua: LuaState) throws {
        guard case .function(let look)? = try lua.run(text: Self.source, name: "=mohpo").first
        else { preconditionFailure("the source returns a function") }
        (self.lua, self.look) = (lua, look)
    }

    /// The names, sorted; none for a line that ends with something else.
    func names(for text: String) -> [String] {
        guard let place = Place(text) else { return [] }
        return Set(all(at: place)).filter { $0.hasPrefix(place.start) }.sorted()
    }

    private func all(at place: Place) -> [String] {
        let arguments = [.boolean(place.isCall)] + place.path.map { LuaTree.text($0) }
        guard let results = try? look.call(arguments), results.count == 2 else { return [] }
        if case .object(let object) = results[0],
            let type = lua.definedTypes.first(where: { $0.name == object.typeName })
        {
            return type.methods + (place.isCall ? [] : type.properties)
        }
        guard case .table(let names) = results[1], let pairs = try? names.rawPairs() else {
            return []
        }
        let fields = pairs.compactMap { pair in
            if case .string(let name) = pair.value { name.text } else { nil }
        }
        return fields + (place.path.isEmpty ? Self.keywords : [])
    }

    /// A name that is being typed, and the names before it: `a.b:c` is `c` at `a`, `b`, for a call.
    private struct Place {
        var path: [String] = []
        let start: String
        let isCall: Bool

        init?(_ text: String) {
            var rest = text[...]
            start = Self.takeName(&rest)
            let separator = rest.last
            // Two points are Lua's operator for joining strings.
            guard separator == ":" || separator == ".", !rest.hasSuffix("..") else {
                isCall = false
                if start.isEmpty || start.first!.isNumber { return nil }
                return
            }
            isCall = separator == ":"
            repeat {
                rest.removeLast()
                let name = Self.takeName(&rest)
                if name.isEmpty || name.first!.isNumber { return nil }
                path.insert(name, at: 0)
            } while rest.last == "."
            if rest.last == ":" { return nil }
        }

        private static func takeName(_ text: inout Substring) -> String {
            let isPart = { (c: Character) in c.isASCII && (c.isLetter || c.isNumber) || c == "_" }
            let name = text.reversed().prefix(while: isPart)
            text.removeLast(name.count)
            return String(name.reversed())
        }
    }

    private static let keywords = [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if",
        "in", "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
    ]

    private static let source = #"""
        local getmetatable = debug and debug.getmetatable or getmetatable
        local rawget, next, type, find, globals = rawget, next, type, string.find, _G

        -- Where Lua looks next for what `value` itself does not have.
        local function behind(value)
          local meta = getmetatable(value)
          local index = type(meta) == "table" and rawget(meta, "__index")
          return type(index) == "table" and index or nil
        end

        -- `value` and what is behind it, as far as these are tables.
        local function each(value)
          local left = 100
          return function(_, last)
            left = left - 1
            if left < 0 then return end
            if last == nil then
              if type(value) == "table" then return value end
              last = value
            end
            return behind(last)
          end
        end

        return function(calls, ...)
          local value = globals
          for _, name in next, { ... } do
            local found
            for t in each(value) do
              found = rawget(t, name)
              if found ~= nil then break end
            end
            if found == nil then return end
            value = found
          end
          local names = {}
          for t in each(value) do
            for key, field in next, t do
              if type(key) == "string" and find(key, "^[%a_][%w_]*$")
                and (not calls or type(field) == "function") then
                names[#names + 1] = key
              end
            end
          end
          return value, names
        end
        """#
}
