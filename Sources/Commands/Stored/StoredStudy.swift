internal import Engine
internal import Foundation
internal import LuaHost
internal import Platform
internal import PostgresStorage
internal import Results
internal import Storage

/// A study as its file, or its rows in a database, tell it, for commands that show one and run nothing.
struct StoredStudy {
    /// Where studies are kept unless the command line names another folder.
    static let folder = "studies"

    /// The file, or the address.
    let path: String
    /// Which study the name means; nil where it can be no other.
    let notice: String?
    /// The study, up to the first damaged row.
    let view: StudyView
    private let kept: KeptStudy

    /// Reads a study, also while a process writes it.
    ///
    /// - Parameters:
    ///   - name: a path; or the name of studies in `studies`, of which the newest is taken; or the
    ///     name of a file there, with or without its ending; or `postgres://…`.
    ///   - keepsEvents: for `replay` and for exporting the events.
    /// - Throws: `StudyFailure`.
    init(_ name: String, keepsEvents: Bool = false) throws {
        do {
            (kept, notice) = try KeptStudy.find(name, in: Self.folder, keepsEvents: keepsEvents)
            path = kept.place
        } catch let error as StorageError {
            throw StudyFailure("\(error)")
        } catch let error as ServerError {
            throw StudyFailure("\(error)")
        } catch let error as StudyPath.NotFound {
            throw StudyFailure("\(error)")
        } catch {
            throw StudyFailure("\(name): \(error)")
        }
        guard kept.eventCount > 0 else {
            throw StudyFailure(
                kept.damage ?? "\(path): the study has not begun, it has no events")
        }
        do {
            view = try kept.view
        } catch {
            throw StudyFailure("\(path): \(error)")
        }
    }

    /// What of the file is not shown because it is damaged; nil when the file is intact.
    var damage: String? { kept.damage }

    /// What the file says about the study; nil when that is damaged.
    var metadata: StudyMetadata? { kept.metadata }

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
        do { replay = try Replay(kept.events) } catch { throw StudyFailure("\(path): \(error)") }
        let wrong = replay.disagreements
        let gaps = replay.state.resourceGaps
        let summary =
            "\(kept.events.effective.count) events, \(replay.checked) starts, decisions and promotions "
            + "worked out again, "
            + (wrong.isEmpty ? "all agree" : "\(wrong.count) disagree")
        let lines = wrong.map(\.description) + gaps.map(\.description) + [summary]
        return (lines.joined(separator: "\n"), wrong.isEmpty && gaps.isEmpty)
    }

    /// The events, each a line of JSON. Those that a resumption has superseded say so.
    func eventLines() -> String {
        let superseded = EffectiveHistory(kept.events).superseded
        var text = ""
        for (number, event) in kept.events.enumerated() {
            let isSuperseded = superseded.contains { $0.contains(number) }
            text += EventLine(event, isSuperseded: isSuperseded).text + "\n"
        }
        return text
    }
}

/// Why a study cannot be shown, in one line.
package struct StudyFailure: Error, CustomStringConvertible {
    /// Why, in words for the user.
    package let description: String

    /// - Parameter description: why, in words for the user.
    package init(_ description: String) { self.description = description }
}
