internal import LuaBridge
internal import Settings

extension OptionReader {
    /// A table whose names are those of declared settings.
    init(_ value: LuaValue, owner: String, for options: (some SettingOptions).Type) throws {
        try self.init(value, owner: owner, known: options.settings.map(\.key))
    }

    /// Reads every plain setting that is given.
    ///
    /// - Throws: `LuaError` that names the setting, what was expected and what was found.
    func read<Options: SettingOptions>(into options: inout Options) throws {
        for setting in Options.settings where setting.isPlain && has(setting.key) {
            let value = try plain(setting.key, isArray: setting.isArray)
            if let problem = setting.set(value, in: &options) {
                throw LuaError(
                    "\(owner): \(setting.key)\(problem.part): expected \(problem.expected), "
                        + "got \(problem.got)")
            }
        }
    }

    private func plain(_ field: String, isArray: Bool) throws -> PlainValue {
        guard isArray, case .table = self[field], let elements = try elements(field) else {
            return PlainValue(self[field])
        }
        return .list(elements.map { PlainValue($0) })
    }
}

extension SettingOptions {
    /// The options of a table: what plain settings say, and the table for those that its owner reads.
    ///
    /// - Throws: `LuaError` that names the setting, what was expected and what was found.
    static func read(
        _ value: LuaValue, owner: String
    ) throws -> (options: Self, reader: OptionReader) {
        let reader = try OptionReader(value, owner: owner, for: Self.self)
        var options = Self()
        try reader.read(into: &options)
        return (options, reader)
    }
}

extension PlainValue {
    /// A value of the script's; a table or an object as a message shows it.
    init(_ value: LuaValue) {
        self =
            switch value {
            case .boolean(let flag): .boolean(flag)
            case .integer(let integer): .integer(integer)
            case .number(let number): .number(number)
            case .string(let bytes):
                bytes.textWithoutNUL.map { .text($0) } ?? .bytes(value.shown)
            default: .other(value.shown)
            }
    }
}
