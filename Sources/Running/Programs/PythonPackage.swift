internal import Foundation
internal import Platform

/// The Python package that comes with this program: scripts that are trials find it without installing
/// anything.
package enum PythonPackage {
    /// The folder in which Python finds it; nil where none is there.
    static let folder: String? = Bundle.main.executableURL.flatMap { program in
        find(forProgramAt: program.resolvingSymlinksInPath().path)
    }

    /// The package of a program: of an installed one `../share/mohpo-lua/python`, of one in the build
    /// folder of a repository the repository's `python`; nil where neither is there.
    package static func find(forProgramAt path: String) -> String? {
        var folder = path
        var places: [String] = []
        for level in 0..<5 {
            folder = PathText.split(folder).folder
            if level == 1 { places.append(folder + "/share/mohpo-lua/python") }
            if level > 1 { places.append(folder + "/python") }
        }
        return places.first { access($0 + "/mohpo/__init__.py", R_OK) == 0 }
    }

    /// `PYTHONPATH` with the package behind what it has; nil where it need not change.
    ///
    /// - Parameter path: what the variable holds; nil where it is not set.
    package static func searchPath(adding folder: String?, to path: String?) -> String? {
        guard let folder, !folder.utf8.contains(UInt8(ascii: ":")) else { return nil }
        guard let path, !path.isEmpty else { return folder }
        return path + ":" + folder
    }
}
