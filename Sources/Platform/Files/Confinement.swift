/// The folders that files are confined to: the working directory, and what the user has named besides.
///
/// Every path is taken apart by its bytes and walked from the open folder, name by name, and no name
/// may be a link. So nothing that lies in the folder can lead out of it, and nothing that changes
/// meanwhile can either.
///
/// ```swift
/// try Confinement.$current.withValue(Confinement()) {
///     let place = try FilePlace("data/x.csv")        // throws when `data` is a link
/// }
/// ```
package struct Confinement: Sendable {
    /// The confinement of the running code; nil: every file may be named.
    @TaskLocal package static var current: Confinement?

    private struct Root: Sendable {
        let folder: OpenFolder
        /// Without links.
        let path: String
    }
    private let roots: [Root]

    /// Confines files to the working directory.
    ///
    /// - Parameter granted: folders beside it, whose own paths may lead through links.
    /// - Throws: `FileError` where one cannot be opened.
    package init(alsoTo granted: [String] = []) throws {
        roots = try ([(".")] + granted).map { path in
            guard let resolved = PathText.resolved(path) else { throw FileError.last }
            return Root(folder: try OpenFolder(resolved), path: resolved)
        }
    }

    /// The confinement of the running code, with a folder besides that the user has named.
    ///
    /// - Returns: nil where files are not confined.
    /// - Throws: `FileError`.
    package static func current(grantedAlso folder: String) throws -> Confinement? {
        guard let current else { return nil }
        do {
            _ = try current.names(below: folder)
            return current
        } catch FileError.outside {
            // One that is still to be made is made in the nearest that is there.
            var existing = folder
            while PathText.resolved(existing) == nil { existing = PathText.split(existing).folder }
            return try Confinement(alsoTo: [existing])
        }
    }

    /// The open folder that a path's last name is in, and that name.
    ///
    /// - Parameter makesFolders: those that are not there are made on the way.
    /// - Returns: the name is "." for the folder itself.
    /// - Throws: `FileError.outside`, `.link`, `.system` where a folder is not there.
    func place(of path: String, makesFolders: Bool) throws -> (folder: OpenFolder, name: String) {
        let (root, names) = try start(of: path)
        try Self.checkStaysInside(names)
        guard let last = names.last, !PathText.isSame(last, "..") else {
            return (try walk(names, from: root, makesFolders), ".")
        }
        return (try walk(names.dropLast(), from: root, makesFolders), last)
    }

    /// The names below one of the folders that lead to a path.
    ///
    /// - Throws: `FileError.outside`.
    package func names(below path: String) throws -> [String] {
        let names = try start(of: path).names
        try Self.checkStaysInside(names)
        return names
    }

    /// Judges a path that is to be opened.
    ///
    /// - Throws: `FileError.outside`, `.link`; `.system` where a folder is not there.
    package func judge(_ path: String) throws {
        let (folder, name) = try place(of: path, makesFolders: false)
        if folder.isLink(name) { throw FileError.link(name: name) }
    }

    /// Where the walk starts, and the names that are left.
    private func start(of path: String) throws -> (folder: OpenFolder, names: [String]) {
        let isAbsolute = PathText.hasPrefix(path, "/")
        let names = PathText.names(path)
        if !isAbsolute, Self.staysInside(names) { return (roots[0].folder, names) }
        // The shortest beginning that is one of the folders: what is behind it is walked.
        for count in 0...names.count {
            let beginning = (isAbsolute ? "/" : "./") + names.prefix(count).joined(separator: "/")
            guard let resolved = PathText.resolved(beginning) else { break }
            let rest = Array(names.dropFirst(count))
            guard Self.staysInside(rest) else { continue }
            if let root = roots.first(where: { PathText.isSame($0.path, resolved) }) {
                return (root.folder, rest)
            }
        }
        throw FileError.outside
    }

    /// Also where the folders are not there: a refusal tells nothing about what lies outside.
    private static func checkStaysInside(_ names: [String]) throws {
        guard staysInside(names) else { throw FileError.outside }
    }

    private static func staysInside(_ names: [String]) -> Bool {
        var depth = 0
        return names.allSatisfy { name in
            depth += PathText.isSame(name, "..") ? -1 : 1
            return depth >= 0
        }
    }

    private func walk(
        _ names: some Sequence<String>, from root: OpenFolder, _ makesFolders: Bool
    ) throws -> OpenFolder {
        var path = [root]
        for name in names {
            if PathText.isSame(name, "..") {
                path.removeLast()
                continue
            }
            let here = path[path.count - 1]
            if makesFolders, here.status(of: name) == nil {
                guard mkdirat(here.descriptor, name, 0o777) == 0 || errno == EEXIST else {
                    throw FileError.last
                }
            }
            path.append(try here.folder(name))
        }
        return path[path.count - 1]
    }
}
