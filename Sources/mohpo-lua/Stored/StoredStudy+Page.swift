internal import Engine
internal import Results
internal import Storage

/// A stored study as the page shows it.
extension StoredStudy {
    /// What the page shows of it, with the commands that continue and explain it.
    var document: PageDocument {
        PageDocument(
            view, metadata: metadata, at: path,
            kept: (try? StudyFile.artifactKeys(at: path)) ?? [])
    }
}

extension PageDocument {
    /// What the page shows of a study in a file, whose reports of these keys keep something.
    init(
        _ view: StudyView, metadata: StudyMetadata?, at path: String, kept: [Artifact.Key] = []
    ) {
        var resume: String?
        if let script = metadata?.script, !script.isEmpty {
            resume = "mohpo-lua --resume --study \(shellQuoted(path)) \(shellQuoted(script))"
        }
        self.init(
            view, resume: resume, explain: "mohpo-lua explain \(shellQuoted(path))", kept: kept)
    }
}

/// A text as one word of a shell's command.
private func shellQuoted(_ text: String) -> String {
    let plain = text.allSatisfy { character in
        character.isLetter || character.isNumber || "._-+/=:@%".contains(character)
    }
    return plain && !text.isEmpty
        ? text : "'" + text.replacing("'", with: "'\\''") + "'"
}
