internal import LuaBridge
internal import Platform
internal import Settings

/// The table that describes a program: its arguments at 1…n, and options by name.
struct ProgramFields {
    /// What the script called, as it stands before every message.
    let owner: String
    /// What stands at 1…n, the program first.
    let arguments: [LuaValue]
    let options: OptionReader

    /// - Parameter type: declares the options there are.
    /// - Throws: `LuaError` that names the field.
    init(
        _ value: LuaValue, owner: String, for type: (some SettingOptions).Type
    ) throws {
        self.owner = owner
        guard case .table(let table) = value else {
            throw LuaError(
                "\(owner): expected a table of a program, its arguments and options, "
                    + "got \(value.shown)")
        }
        var named: [(key: LuaValue, value: LuaValue)] = []
        var words: [Int: LuaValue] = [:]
        for (key, value) in try OptionReader.plain(table, owner).rawPairs() {
            if case .integer(let place) = key {
                words[place] = value
            } else {
                named.append((key, value))
            }
        }
        guard !words.isEmpty else { throw LuaError("\(owner): expected a program, got none") }
        arguments = try (1...words.count).map { place in
            guard let word = words[place] else {
                throw LuaError("\(owner): argument \(place): expected a string, got nil")
            }
            return word
        }
        options = try OptionReader(pairs: named, owner: owner, known: type.settings.map(\.key))
    }

    /// The options, but for those that their owner reads.
    ///
    /// - Throws: `LuaError` that names the setting, what was expected and what was found.
    func read<Options: SettingOptions>() throws -> Options {
        var read = Options()
        try options.read(into: &read)
        return read
    }

    /// The arguments as texts.
    ///
    /// - Throws: `LuaError` that names the argument.
    func words() throws -> [String] {
        let words = try arguments.enumerated().map { index, value in
            try Self.text(value, "\(owner): argument \(index + 1)")
        }
        guard words.first?.isEmpty == false else {
            throw LuaError("\(owner): argument 1: expected a program, got an empty string")
        }
        return words
    }

    /// Variables of the environment by name; nil takes one away.
    ///
    /// - Throws: `LuaError` that names the variable.
    func environment() throws -> [String: String?] {
        guard options.has("env") else { return [:] }
        guard case .table(let table) = options["env"] else {
            throw options.error("env", expected: "a table of variables")
        }
        var variables: [String: String?] = [:]
        for (key, value) in try OptionReader.plain(table, "\(owner): env").rawPairs() {
            guard case .string(let bytes) = key, let name = bytes.textWithoutNUL, !name.isEmpty,
                !name.utf8.contains(UInt8(ascii: "="))
            else {
                throw LuaError("\(owner): env: expected names of variables, found \(key.shown)")
            }
            guard variables.index(forKey: name) == nil else {
                throw LuaError(
                    "\(owner): env: expected each name once, found \(key.shown) in two Unicode forms"
                )
            }
            if case .boolean(false) = value {
                variables[name] = .some(nil)
            } else {
                variables[name] = try Self.text(value, "\(owner): env: \(name)")
            }
        }
        return variables
    }

    /// A string, or a number as Lua writes it.
    static func text(_ value: LuaValue, _ owner: String) throws -> String {
        switch value {
        case .string(let bytes):
            guard let text = bytes.textWithoutNUL else {
                throw LuaError("\(owner): expected valid UTF-8 without NUL")
            }
            return text
        case .integer(let integer): return "\(integer)"
        case .number(let number): return "\(number)"
        default: throw LuaError("\(owner): expected a string, got \(value.shown)")
        }
    }
}
