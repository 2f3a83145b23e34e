internal import LuaBridge

/// The part of the API that is Lua: tables that behave, which Lua itself writes best.
struct Prelude {
    /// `readonly(values, known, title)`: a table that reads `values`, refuses to be written and names
    /// what there is when a name is unknown.
    let readonly: LuaFunction
    /// `point(time_attr, kept)`: the metatable of a study's points and reports.
    private let point: LuaFunction
    private let lua: LuaState
    /// The metatable of arrays of points, which prints them.
    let list: LuaTable

    init(in lua: LuaState) throws {
        let parts = try lua.run(text: Self.source, name: "=mohpo")
        guard case .function(let readonly) = parts[0], case .function(let point) = parts[1],
            case .table(let list) = parts[2], case .table(let content) = parts[3]
        else { preconditionFailure("the prelude returns two functions and two tables") }
        lua.contentKey = content
        (self.readonly, self.point, self.list, self.lua) = (readonly, point, list, lua)
    }

    /// The metatable of the points of a study whose resource has that name.
    ///
    /// - Parameter kept: gives what the report of a trial at a resource keeps.
    func point(timeAttribute: String, kept: ModuleFunction) -> LuaTable? {
        guard
            let kept = try? lua.function(kept.name, taking: kept.parameters, kept.body).luaTree,
            case .table(let table)? = try? point.call([.text(timeAttribute), kept]).first
        else { return nil }
        return table
    }

    // All that it needs is taken at the start: a script may put anything in the place of a global.
    private static let source = #"""
        local error, getmetatable, ipairs, next, rawget = error, getmetatable, ipairs, next, rawget
        local setmetatable, tostring, type = setmetatable, tostring, type
        local concat, sort, math_type = table.concat, table.sort, math.type
        local format, gsub = string.format, string.gsub

        local function sorted_keys(t)
          local keys = {}
          for key in next, t do keys[#keys + 1] = key end
          sort(keys, function(a, b)
            if type(a) == type(b) then return a < b end
            return type(a) == "number"
          end)
          return keys
        end

        -- Keys in their order, so that a loop over the arguments is the same in every run.
        local function ordered(t)
          local keys, i = sorted_keys(t), 0
          return function()
            i = i + 1
            local key = keys[i]
            if key ~= nil then return key, t[key] end
          end
        end

        local fields

        -- Plain tables, such as a choice { 64, 64 }, are shown by what is in them.
        local function show(value)
          if math_type(value) == "float" then return (gsub(format("%.6g", value), ",", ".")) end
          if type(value) == "table" and getmetatable(value) == nil then
            return "{ " .. fields(value) .. " }"
          end
          return tostring(value)
        end

        function fields(t, left_out)
          local shown = {}
          for key, value in ordered(t) do
            if not (left_out and left_out[key]) then
              shown[#shown + 1] = type(key) == "string" and key .. " = " .. show(value) or show(value)
            end
          end
          return concat(shown, ", ")
        end

        -- The key by which the program finds the values of its own read-only tables.
        local content = {}

        local function readonly(values, known, title)
          return setmetatable({}, {
            __index = function(_, key)
              local value = values[key]
              if value == nil and not known[key] and type(key) ~= "number" then
                local names = {}
                for _, name in ipairs(sorted_keys(known)) do names[#names + 1] = tostring(name) end
                error(format("%s.%s: there is no such parameter; there are %s",
                  title, tostring(key), concat(names, ", ")), 2)
              end
              return value
            end,
            __newindex = function(_, key)
              error(format("%s.%s: the arguments of a trial are read-only", title, tostring(key)), 2)
            end,
            __pairs = function() return ordered(values) end,
            __len = function() return #values end,
            __tostring = function() return "{ " .. fields(values) .. " }" end,
            __name = title,
            __metatable = false,
            [content] = values,
          })
        end

        -- What a report keeps is read when it is asked for, and once for each table.
        local function point(time_attr, kept)
          local known = setmetatable({}, { __mode = "k" })
          local left_out = { trial = true, resource = true, args = true, [time_attr] = true }
          return {
            __name = "point",
            __metatable = false,
            __index = function(self, key)
              if key ~= "kept" then return nil end
              local value = known[self]
              if value == nil then
                value = kept(rawget(self, "trial"), rawget(self, "resource"))
                known[self] = value
              end
              return value
            end,
            __tostring = function(self)
              return format("trial %s, %s %s: %s", show(self.trial), time_attr,
                show(self.resource), fields(self, left_out))
            end,
          }
        end

        local list = {
          __name = "points",
          __metatable = false,
          __tostring = function(self)
            local lines = {}
            for i, element in ipairs(self) do lines[i] = tostring(element) end
            return concat(lines, "\n")
          end,
        }

        return readonly, point, list, content
        """#
}
