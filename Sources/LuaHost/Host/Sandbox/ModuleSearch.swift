internal import LuaBridge
internal import Platform

/// Where `require` finds modules in the sandbox: below the working directory, and where the user has
/// installed Lua libraries.
struct ModuleSearch {
    private let files: FileAccess
    /// Absolute places of the path as it was before a script could change it.
    private let installed: Set<String>

    init(files: FileAccess, lua: LuaState) throws {
        self.files = files
        guard case .table(let package) = try lua.globals.get("package"),
            case .string(let path) = try package.rawGet("path")
        else { preconditionFailure("a fresh state has package.path") }
        installed = Set(Self.templates(path).filter { $0.hasPrefix("/") })
    }

    /// `search(name, path)`: the file of a module, or nil and where it is not, as `package.searchpath`.
    func function(in lua: LuaState) throws -> LuaFunction {
        try lua.function("search") { call in
            guard case .string(let bytes) = try call[1], let name = bytes.textWithoutNUL,
                case .string(let path) = try call[2]
            else {
                return try call.return(
                    all: [.nil, .text("'package.path' and a module's name must be strings")])
            }
            let candidates = Self.templates(path).map { template in
                (template, template.replacing("?", with: name.replacing(".", with: "/")))
            }
            let found = candidates.first { isReadable($1) && isAllowed($1, by: $0) }
            if let found { return try call.return(found.1) }
            let tried = candidates.map { "no file '\($0.1)'" }.joined(separator: "\n\t")
            return try call.return(all: [.nil, .text(tried)])
        }
    }

    private func isAllowed(_ file: String, by template: String) -> Bool {
        installed.contains(template) || (try? files.toRead(file)) != nil
    }

    private func isReadable(_ file: String) -> Bool { access(file, R_OK) == 0 }

    private static func templates(_ path: LuaString) -> [String] {
        (path.textWithoutNUL ?? "").split(separator: ";").map(String.init)
    }
}
