internal import Engine
internal import Foundation
internal import Platform
internal import Results
internal import Storage

/// A study as its file tells it, for commands that show one and run nothing.
struct StoredStudy {
    /// Where studies are kept unless the command line names another folder.
    static let folder = "studies"

    /// The file.
    let path: String
    /// Which study the name means; nil where it can be no other.
    let notice: String?
    /// The study, up to the first damaged row.
    let view: StudyView
    private let file: StudyFile

    /// Reads a study, also while a process writes it.
    ///
    /// - Parameters:
    ///   - name: a path; or the name of studies in `studies`, of which the newest is taken; or the
    ///     name of a file there, with or without its ending.
    ///   - keepsEvents: for `replay` and for exporting the events.
    /// - Throws: `StudyFailure`.
    init(_ name: String, keepsEvents: Bool = false) throws {
        (path, notice) = try Self.path(of: name)
        do {
            file = try StudyFile.readStudy(at: path, keepsEvents: keepsEvents)
        } catch let error as StorageError {
            throw StudyFailure("\(error)")
        } catch {
            throw StudyFailure("\(path): \(error)")
        }
        guard file.eventCount > 0 else {
            throw StudyFailure(
                file.damage?.description ?? "\(path): the study has not begun, it has no events")
        }
        do {
            view = StudyView(
                try file.study, hasWriter: file.isHeld, isIntact: file.damage == nil,
                created: file.note?.created, receivedReports: file.arrivals)
        } catch {
            throw StudyFailure("\(path): \(error)")
        }
    }

    /// What of the file is not shown because it is damaged; nil when the file is intact.
    var damage: String? { file.damage.map { "\($0)" } }

    /// What became of a trial, and why.
    ///
    /// - Throws: `StudyFailure` when there is no such trial.
    func explanation(of trial: Int) throws -> String {
        guard let explanation = view.explanation(of: trial) else {
            let count = view.state.trials.count
            throw StudyFailure(
                count == 0
                    ? "\(path): no trial has started yet, got \(trial)"
                    : "\(path): expected a trial from 1 to \(count), got \(trial)")
        }
        return explanation
    }

    /// Works out every start, decision and promotion again from the events before it.
    ///
    /// - Returns: what came out, a line for every disagreement, and whether there was none.
    func replay() throws -> (text: String, agrees: Bool) {
        let replay: Replay
        do { replay = try Replay(file.events) } catch { throw StudyFailure("\(path): \(error)") }
        let wrong = replay.disagreements
        let gaps = replay.state.resourceGaps
        let summary =
            "\(file.events.effective.count) events, \(replay.checked) starts, decisions and promotions "
            + "worked out again, "
            + (wrong.isEmpty ? "all agree" : "\(wrong.count) disagree")
        let lines = wrong.map(\.description) + gaps.map(\.description) + [summary]
        return (lines.joined(separator: "\n"), wrong.isEmpty && gaps.isEmpty)
    }

    /// The events, each a line of JSON. Those that a resumption has superseded say so.
    func eventLines() -> String {
        let superseded = EffectiveHistory(file.events).superseded
        var text = ""
        for (number, event) in file.events.enumerated() {
            let isSuperseded = superseded.contains { $0.contains(number) }
            text += EventLine(event, isSuperseded: isSuperseded).text + "\n"
        }
        return text
    }

    /// The file that a name means. A folder is none, so that a study can be called as one is.
    private static func path(of name: String) throws -> (path: String, notice: String?) {
        let location = StudyLocation(toRead: name)
        if case .server = location {
            throw StudyFailure(
                "expected a path or a name, got a PostgreSQL server: no study can be read there yet"
            )
        }
        if isFile(name) { return (name, nil) }
        let ending = name.hasSuffix(".db") ? "" : ".db"
        let stored = "\(folder)/\(StudyFolder.fileName(name))\(ending)"
        if case .name = location {
            let studies = StudyFolder.studies(named: name, in: folder)
            if let newest = studies.first?.path {
                guard studies.count > 1 || newest != stored else { return (newest, nil) }
                let choice = studies.count > 1 ? ", the newest of \(studies.count)" : ""
                return (newest, "\(name) is \(newest)\(choice)")
            }
            if isFile(stored) { return (stored, nil) }
        }
        var status = stat()
        if stat(name, &status) == 0 { return (name, nil) }
        throw StudyFailure(
            name.contains("/")
                ? "\(name): expected a study, there is no such file"
                : "\(name): expected a study, there is neither such a file nor \(stored)")
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
    }
}

/// Why a study cannot be shown, in one line.
struct StudyFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
