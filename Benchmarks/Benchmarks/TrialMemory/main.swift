import Engine
import Foundation
import Studies

/// Bytes of memory the program occupies (Linux; 0 elsewhere).
func resident() -> Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * sysconf(Int32(_SC_PAGESIZE))
}

/// Bytes of a trial's reports: the array and, of each, the values; 16 bytes more for each block.
func bytes(of reports: [Report]) -> Int {
    let block = 32 + 16
    return reports.reduce(block + reports.capacity * MemoryLayout<Report>.stride) {
        $0 + block + $1.metrics.values.count * MemoryLayout<Number>.stride
    }
}

let trials = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 50_000
let before = resident()
var study = try Study(objectives: 2)
try study.grow(toTrials: trials)
let all = resident() - before
let state = study.conductor.state
let reports = state.trials.reduce(0) { $0 + bytes(of: $1.reports) }
print(
    "\(trials) trials of 10 parameters: \((all - reports) / trials) bytes a trial, "
        + "and \(reports / state.reportCount) a report (\(state.reportCount) reports)")
print(
    "strides: trial \(MemoryLayout<Trial>.stride), decision \(MemoryLayout<Decision>.stride), "
        + "value \(MemoryLayout<Value>.stride), report \(MemoryLayout<Report>.stride)")
