package import Engine
internal import LuaHost
internal import Platform
package import Results
internal import Storage

/// A stored study as the page shows it.
extension StoredStudy {
    /// What the page shows of it, with the commands that continue and explain it.
    var document: PageDocument {
        PageDocument(
            view, metadata: metadata, at: path,
            kept: (try? KeptStudy.artifactKeys(at: path)) ?? [])
    }
}

extension PageDocument {
    /// What the page shows of a study at a path or an address, whose reports of these keys keep
    /// something.
    package init(
        _ view: StudyView, metadata: StudyMetadata?, at path: String, kept: [Artifact.Key] = []
    ) {
        var resume: String?
        if let script = metadata?.script, !script.isEmpty {
            resume =
                "mohpo-lua --resume --study \(ShellWord.quoted(path)) \(ShellWord.quoted(script))"
        }
        self.init(
            view, resume: resume, explain: "mohpo-lua explain \(ShellWord.quoted(path))", kept: kept
        )
    }
}
