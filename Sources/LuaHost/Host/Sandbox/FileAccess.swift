internal import LuaBridge
internal import Platform

/// Which files a script may name: any, or in the sandbox those below the working directory.
///
/// Paths are judged by their bytes, name by name, and no name may be a link. While a script runs the
/// same holds for every file that the program opens for it, as ``Confinement`` says.
struct FileAccess {
    /// Nil where every file may be named.
    private let confinement: Confinement?

    /// - Throws: `LuaError` where the working directory has no name.
    init(isSandboxed: Bool) throws {
        do { confinement = isSandboxed ? try Confinement() : nil } catch {
            throw LuaError("the sandbox needs a working directory: \(error)")
        }
    }

    /// Runs a script's code: what it has the program open is confined as well.
    func confining<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Confinement.$current.withValue(confinement, operation: body)
    }

    /// The path of a file to read, as it was given.
    ///
    /// - Throws: `LuaError` that names the path.
    func toRead(_ path: String) throws -> String {
        do { try confinement?.judge(path) } catch let error as FileError {
            // What is not there is said by what opens it.
            guard error.number != nil else { throw LuaError("\(path): \(error)") }
        }
        return path
    }

    /// The path of a file to write, as it was given.
    ///
    /// Other endings would let a script write what a program takes for its own file.
    ///
    /// - Parameter ending: the only one in the sandbox, with its point.
    /// - Throws: `LuaError` that names the path.
    func toWrite(_ path: String, ending: String) throws -> String {
        guard let confinement else { return path }
        let names: [String]
        do {
            names = try confinement.names(below: path)
            try confinement.judge(PathText.split(path).folder)
        } catch let error as FileError {
            // A folder that is missing is said by what writes.
            guard error.number != nil else { throw LuaError("\(path): \(error)") }
            return path
        }
        let isHidden = names.contains {
            PathText.hasPrefix($0, ".") && !PathText.isSame($0, "..")
        }
        guard !isHidden, let name = names.last, PathText.hasSuffix(name, ending) else {
            throw LuaError(
                "\(path): in the sandbox this is written to files with the ending \(ending) alone, "
                    + "and to no hidden ones")
        }
        return path
    }

    /// All of a file, as the source of Lua code.
    ///
    /// - Throws: `LuaError` that names the path; `OutOfMemory`.
    func contents(_ path: String) throws -> LuaString {
        do {
            let file = try confining { try FilePlace(path) }.open(O_RDONLY)
            let charge = try MemoryCharge.of(2 * file.size(), purpose: path)
            defer { withExtendedLifetime(charge) {} }
            return LuaString(bytes: try file.bytes())
        } catch let error as FileError {
            throw LuaError(
                error.number == nil ? "\(path): \(error)" : "cannot open \(path): \(error)")
        }
    }
}
