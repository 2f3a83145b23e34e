import Foundation

/// The package's own sources, read as text.
struct SourceTree {
    struct File {
        let module: String
        let path: String
        let text: String
        /// Without comments and the contents of strings, so that what looks like code is code.
        let code: String
    }

    let files: [File]
    let manifest: String

    static let shared = try! SourceTree()

    private init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        manifest = try String(contentsOf: root.appending(path: "Package.swift"), encoding: .utf8)
        let sources = root.appending(path: "Sources").path
        let paths = FileManager.default.enumerator(atPath: sources)?.allObjects as? [String] ?? []
        files = try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            let text = try String(contentsOfFile: "\(sources)/\(path)", encoding: .utf8)
            return File(
                module: String(path.prefix { $0 != "/" }), path: path, text: text,
                code: Self.code(of: text))
        }
    }

    var modules: [String: [File]] { Dictionary(grouping: files, by: \.module) }

    /// The names behind `import`, of all of a module's files.
    func imports(of module: String) -> Set<String> {
        let pattern = /^(?:@\w+ )?(?:\w+ )?import (?:class |struct |enum |func )?(\w+)/
            .anchorsMatchLineEndings()
        return Set(
            (modules[module] ?? []).flatMap { $0.code.matches(of: pattern).map { String($0.1) } })
    }

    /// What Package.swift lets a target import, of the package's own targets.
    func dependencies(of target: String) -> Set<String> {
        // A product may have the target's name.
        let names = manifest.ranges(of: "name: \"\(target)\"")
        let start = names.first {
            manifest[..<$0.lowerBound].suffix(60).contains(/arget\(\s*$/)
        }
        guard let start,
            let list = manifest[start.upperBound...].firstMatch(of: /dependencies: \[([^\]]*)\]/),
            !manifest[start.upperBound..<list.range.lowerBound].contains("arget(")
        else { return [] }
        return Set(list.1.matches(of: /"([\w-]+)"/).map { String($0.1) })
    }

    /// Blanks comments and strings out; lines and columns stay.
    private static func code(of text: String) -> String {
        var code: [UInt8] = []
        let bytes = Array(text.utf8)
        var index = 0
        func starts(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }
        func blank(_ count: Int) {
            for _ in 0..<count where index < bytes.count {
                code.append(bytes[index] == UInt8(ascii: "\n") ? bytes[index] : UInt8(ascii: " "))
                index += 1
            }
        }
        while index < bytes.count {
            if starts("//") {
                while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { blank(1) }
            } else if let quote = ["#\"\"\"", "\"\"\"", "#\"", "\""].first(where: starts) {
                let end = String(quote.reversed())
                blank(quote.utf8.count)
                while index < bytes.count, !starts(end) {
                    blank(bytes[index] == UInt8(ascii: "\\") && !quote.hasPrefix("#") ? 2 : 1)
                }
                blank(end.utf8.count)
            } else {
                code.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: code, as: UTF8.self)
    }
}
