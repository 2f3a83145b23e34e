internal import LuaBridge

/// Takes away from a state what a script that came from elsewhere must not have.
///
/// What is left cannot name a file, start a program, end the process or load machine or byte code.
/// The functions that were taken away live on only as upvalues, which no script can reach without
/// `debug`.
struct Sandbox {
    let files: FileAccess

    /// To be called last, when all that the host needs of Lua's libraries has been taken from them.
    func install(in lua: LuaState) throws {
        let files = files
        let source = try lua.function("source") { call in
            guard case .string(let bytes) = try call[1], let path = bytes.textWithoutNUL else {
                return try call.return(all: [.nil, .text("expected the path of a file")])
            }
            do {
                _ = try files.toRead(path)
                return try call.return(files.contents(path))
            } catch let error as LuaError {
                return try call.return(all: [.nil, .text(error.message)])
            }
        }
        let search = try ModuleSearch(files: files, lua: lua).function(in: lua)
        try lua.run(text: Self.source, name: "=mohpo", [source.luaTree, search.luaTree])
    }

    private static let source = #"""
        local source, search = ...
        local load, loadfile, error, next, type = load, loadfile, error, next, type
        local find, format, gsub, package = string.find, string.format, string.gsub, package

        local function keep(t, kept)
          for name in next, t do
            if not kept[name] then t[name] = nil end
          end
        end

        keep(io, {})
        keep(os, { clock = true, date = true, difftime = true, time = true })
        keep(debug, { traceback = true })
        keep(package, { config = true, loaded = true, path = true, preload = true, searchers = true })
        io, package.loaded.io, string.dump = nil, nil, nil

        -- The mode decides before a byte is run: bytecode can do anything to the process.
        local function refused(mode)
          return type(mode) == "string" and not find(mode, "t", 1, true)
            and "attempt to load a binary chunk (the sandbox takes text alone)"
        end

        function _G.load(chunk, name, mode, ...)
          local refusal = refused(mode)
          if refusal then return nil, refusal end
          return load(chunk, name, "t", ...)
        end

        local function compile(text, path, ...)
          text = gsub(gsub(text, "^\xEF\xBB\xBF", ""), "^#[^\n]*", "")
          return load(text, "@" .. path, "t", ...)
        end

        -- As `loadfile`, with a file that the program has opened.
        local function load_source(path, mode, ...)
          local text, message = source(path)
          message = message or refused(mode)
          if message then return nil, message end
          return compile(text, path, ...)
        end

        _G.loadfile = load_source

        function _G.dofile(path)
          local text, message = source(path)
          if message then error(message, 2) end
          local chunk, why = compile(text, path)
          if not chunk then error(why, 0) end
          return chunk()
        end

        local function lua_searcher(name)
          local file, is_installed = search(name, package.path)
          if not file then return is_installed end
          local chunk, why = (is_installed and loadfile or load_source)(file, "t")
          if not chunk then
            error(format("error loading module '%s' from file '%s':\n\t%s", name, file, why), 0)
          end
          return chunk, file
        end

        package.searchers = { package.searchers[1], lua_searcher }
        """#
}
