internal import LuaBridge
internal import Platform

/// Where `require` finds modules in the sandbox: below the working directory, and where the user has
/// installed Lua libraries.
struct ModuleSearch {
    private let files: FileAccess
    /// Absolute places of the path as it was before a script could change it, as bytes.
    private let installed: Set<[UInt8]>

    init(files: FileAccess, lua: LuaState) throws {
        self.files = files
        guard case .table(let package) = try lua.globals.get("package"),
            case .string(let path) = try package.rawGet("path")
        else { preconditionFailure("a fresh state has package.path") }
        installed = Set(Self.templates(path).filter { $0.first == UInt8(ascii: "/") })
    }

    /// `search(name, path)`: the file of a module and whether the user has installed it, or nil and
    /// where it is not, as `package.searchpath`.
    func function(in lua: LuaState) throws -> LuaFunction {
        try lua.function("search") { call in
            guard case .string(let bytes) = try call[1], let name = bytes.textWithoutNUL,
                case .string(let path) = try call[2]
            else {
                return try call.return(
                    all: [.nil, .text("'package.path' and a module's name must be strings")])
            }
            var tried: [String] = []
            for template in Self.templates(path) {
                let file = Self.file(template, name)
                let isInstalled = installed.contains(template)
                if access(file, R_OK) == 0, isInstalled || (try? files.toRead(file)) != nil {
                    return try call.return(all: [.text(file), .boolean(isInstalled)])
                }
                tried.append("no file '\(file)'")
            }
            return try call.return(all: [.nil, .text(tried.joined(separator: "\n\t"))])
        }
    }

    /// The template with the module's name in place of each question mark.
    private static func file(_ template: [UInt8], _ name: String) -> String {
        let path = name.utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "/") : $0 }
        return String(
            decoding: template.flatMap { $0 == UInt8(ascii: "?") ? path : [$0] }, as: UTF8.self)
    }

    private static func templates(_ path: LuaString) -> [[UInt8]] {
        (path.textWithoutNUL ?? "").utf8.split(separator: UInt8(ascii: ";")).map(Array.init)
    }
}
