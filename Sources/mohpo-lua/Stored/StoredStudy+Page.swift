internal import Engine
internal import Results

/// A stored study as the page shows it.
extension StoredStudy {
    /// What the page shows of it, with the commands that continue and explain it.
    var document: PageDocument {
        PageDocument(
            view, resume: resumeCommand, explain: "mohpo-lua explain \(shellQuoted(path))")
    }

    /// The command that continues the study; nil where its script is not known.
    private var resumeCommand: String? {
        guard let script = metadata?.script, !script.isEmpty else { return nil }
        return "mohpo-lua --resume --study \(shellQuoted(path)) \(shellQuoted(script))"
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
