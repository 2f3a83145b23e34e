internal import Engine
internal import LuaBridge
internal import Platform
internal import Rendering
internal import Results

/// What a report keeps, as files: each network as the safetensors file that `save` would write, and all
/// else as JSON.
package enum KeptFiles {
    /// One file.
    package struct File {
        /// What its name ends with: `.model.safetensors`, `.json`.
        package let ending: String
        /// What it holds.
        package let bytes: [UInt8]
    }

    /// The files of what a report keeps.
    ///
    /// - Parameter content: as the report's artifact has it.
    /// - Throws: any error where that is not what a script kept.
    package static func files(of content: [UInt8]) throws -> [File] {
        let content = try CheckpointContent(bytes: content)
        var files: [File] = []
        let plain = try json(content.root, at: "", of: content, files: &files)
        guard let plain, case .object(let members) = plain, !members.isEmpty else { return files }
        return files + [
            File(ending: ".json", bytes: Array((plain.serialized(isIndented: true) + "\n").utf8))
        ]
    }

    /// What is plain of a value; nil where nothing is. Networks are added to `files`.
    private static func json(
        _ kept: CheckpointContent.Kept, at path: String, of content: CheckpointContent,
        files: inout [File]
    ) throws -> JSONValue? {
        switch kept {
        case .plain(let value): return JSONValue(value)
        case .list(let elements):
            let values = try elements.enumerated().map {
                try json($1, at: "\(path).\($0 + 1)", of: content, files: &files)
            }
            return .array(values.map { $0 ?? .null })
        case .group(let members):
            let sorted = members.sorted { $0.key < $1.key }
            return .object(
                try sorted.compactMap { name, value in
                    let place = "\(path).\(PathText.fileName(name.text, otherwise: "study"))"
                    return try json(value, at: place, of: content, files: &files).map {
                        .init(name.text, $0)
                    }
                })
        case .network(let offset, let count):
            let bytes = try content.network(at: offset, count: count)
            files.append(File(ending: "\(path).safetensors", bytes: bytes))
            return nil
        }
    }
}
