import Engine
import Foundation
import Storage
import Studies

// What keeping a study costs: a conductor and a journal in SQLite, synced each time as many
// reports have come as there are slots; then what opening the file takes.
//
//     journal [reports]            all of it, medians of three
//     journal write FILE REPORTS [SLOTS]
//     journal open FILE            medians of five

let clock = ContinuousClock()
let folder = FileManager.default.temporaryDirectory.appending(path: "mohpo-journal").path

func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

/// Writes a study of so many reports; gives how many a second.
func write(_ path: String, reports: Int, slots: Int, parameters: Int) throws -> Double {
    for ending in ["", "-wal", "-shm", ".lock"] {
        try? FileManager.default.removeItem(atPath: path + ending)
    }
    let journal = try SQLiteJournal.create(
        at: path, about: StudyMetadata(name: "benchmark", created: "2026-01-01T00:00:00Z"))
    var study = try Study(objectives: 2, parameters: parameters, slots: slots, journal: journal)
    let time = try clock.measure {
        while study.reports < reports {
            for _ in 0..<slots { try study.report() }
            try journal.sync()
        }
        try journal.close()
    }
    return Double(study.reports) / seconds(time)
}

func measureWriting(_ path: String, reports: Int, slots: Int, parameters: Int) throws {
    let rates = try (0..<3).map { _ in
        try write(path, reports: reports, slots: slots, parameters: parameters)
    }
    let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    print(
        "\(slots) slots, \(parameters) parameters: \(Int(median(rates))) reports a second "
            + "(\(Int(rates.min() ?? 0)) to \(Int(rates.max() ?? 0))), "
            + "\(text(Double(size) / Double(reports), 1)) bytes a report")
}

/// Opens a study to show it and to go on with it.
func measureOpening(_ path: String) throws {
    var (showing, fronting, resuming): ([Double], [Double], [Double]) = ([], [], [])
    var (reports, points) = (0, 0)
    for _ in 0..<5 {
        var study: StudyState?
        showing.append(
            seconds(try clock.measure { study = try StudyFile.readStudy(at: path).study }))
        fronting.append(seconds(clock.measure { points = study?.front().count ?? 0 }))
        reports = study?.reportCount ?? 0
        guard let definition = study?.definition else { return }
        study = nil
        let taking = try clock.measure {
            let journal = try SQLiteJournal.open(at: path)
            var conductor = try Conductor(
                resuming: journal.beginning(), in: journal, with: definition)
            _ = try conductor.start()
            try journal.close()
        }
        resuming.append(seconds(taking))
    }
    print(
        "\(reports) reports: read, checked and folded in \(text(median(showing), 3)) s "
            + "(at best \(text(showing.min() ?? 0, 3))), "
            + "the front of \(points) in \(text(median(fronting), 4)) s; "
            + "taken up in \(text(median(resuming), 3)) s")
}

let words = Array(CommandLine.arguments.dropFirst())
switch words.first {
case "write":
    let slots = words.count > 3 ? Int(words[3]) ?? 4 : 4
    let rate = try write(words[1], reports: Int(words[2]) ?? 0, slots: slots, parameters: 10)
    print("\(Int(rate)) reports a second")
case "open": try measureOpening(words[1])
default:
    let reports = words.first.flatMap { Int($0) } ?? 200_000
    let conducting = try clock.measure {
        var study = try Study(objectives: 2)
        while study.reports < reports { try study.report() }
    }
    print("no journal: \(Int(Double(reports) / seconds(conducting))) reports a second")
    try? FileManager.default.removeItem(atPath: folder)
    for (slots, parameters) in [(64, 10), (4, 5), (4, 10)] {
        try measureWriting(
            folder + "/\(slots).db", reports: reports, slots: slots, parameters: parameters)
    }
    try measureOpening(folder + "/4.db")
    try? FileManager.default.removeItem(atPath: folder)
}
