import Engine
import Foundation
import Storage
import Studies

// What keeping a study costs: a conductor and a journal in SQLite, synced each time as many
// reports have come as there are slots; then what opening the file takes.

let clock = ContinuousClock()
let folder = FileManager.default.temporaryDirectory.appending(path: "mohpo-journal").path

func seconds(_ duration: Duration) -> Double {
    Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

/// Writes a study of so many reports; gives its path.
func write(reports: Int, slots: Int, parameters: Int) throws -> String {
    try? FileManager.default.removeItem(atPath: folder)
    let path = folder + "/\(slots).db"
    let journal = try SQLiteJournal.create(
        at: path, about: StudyNote(name: "benchmark", created: "2026-01-01T00:00:00Z"))
    var study = try Study(objectives: 2, parameters: parameters, slots: slots, journal: journal)
    let time = try clock.measure {
        while study.reports < reports {
            for _ in 0..<slots { try study.report() }
            try journal.sync()
        }
        try journal.close()
    }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    print(
        "\(slots) slots, \(parameters) parameters: \(study.reports) reports, "
            + "\(Int(Double(study.reports) / seconds(time))) a second, "
            + "\(text(Double(size) / Double(study.reports), 1)) bytes a report")
    return path
}

let reports = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200_000
let conducting = try clock.measure {
    var study = try Study(objectives: 2)
    while study.reports < reports { try study.report() }
}
print("no journal: \(Int(Double(reports) / seconds(conducting))) reports a second")
for slots in [4, 64] { _ = try write(reports: reports, slots: slots, parameters: 10) }
let path = try write(reports: reports, slots: 4, parameters: 5)
var file: StudyFile?
let reading = try clock.measure { file = try StudyFile.read(at: path) }
var state: StudyState?
let folding = try clock.measure { state = try file.map { try StudyState(events: $0.events) } }
var front: [Point] = []
let fronting = clock.measure { front = state?.front() ?? [] }
print(
    "\(file?.arrivals.count ?? 0) reports: read and checked in \(text(seconds(reading), 3)) s, "
        + "folded in \(text(seconds(folding), 3)) s, "
        + "the front of \(front.count) in \(text(seconds(fronting), 4)) s")
try? FileManager.default.removeItem(atPath: folder)
