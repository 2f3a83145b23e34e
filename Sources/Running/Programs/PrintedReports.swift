package import Engine

/// Finds the reports among the lines that a program prints.
package struct PrintedReports {
    private let kind: ProgramSpec.Reports
    private let names: ReportNames
    /// The line that came nearest to a report, or its begin; nil before the first.
    package var nearest: String? {
        nearestCount < 0 ? nil : String(decoding: nearestLine, as: UTF8.self)
    }
    /// At most ``shownBytes`` of it.
    private var nearestLine: [UInt8] = []
    private var nearestCount = -1
    private static let shownBytes = 200
    /// How many lines were reports.
    package private(set) var count = 0

    /// - Parameter names: what a JSON object has to have.
    package init(_ kind: ProgramSpec.Reports, _ names: ReportNames) {
        (self.kind, self.names) = (kind, names)
    }

    /// The fields of a line that is a report; nil for any other.
    package mutating func fields(in line: [UInt8]) -> [Name: Value]? {
        switch kind {
        case .json: jsonFields(in: line)
        case .pattern(let pattern): patternFields(pattern, in: line)
        }
    }

    /// Whether a line can be no report, as one glance at it tells. Then it is noted, as any other that
    /// is none.
    ///
    /// - Parameter line: its end with it.
    package mutating func passes(over line: UnsafeRawBufferPointer) -> Bool {
        guard case .json = kind, line.first(where: { !Self.isSpace($0) }) != UInt8(ascii: "{")
        else { return false }
        note(UnsafeRawBufferPointer(rebasing: line.dropLast()), count: 0)
        return true
    }

    private mutating func jsonFields(in line: [UInt8]) -> [Name: Value]? {
        guard line.first(where: { !Self.isSpace($0) }) == UInt8(ascii: "{"),
            case .object(let members)? = try? LenientJSON.value(of: line)
        else {
            note(line, count: 0)
            return nil
        }
        let fields = names.fields(of: members)
        guard names.areAll(in: fields) else {
            note(line, count: 1 + names.count(in: fields))
            return nil
        }
        count += 1
        return fields
    }

    private mutating func patternFields(
        _ pattern: ReportPattern, in line: [UInt8]
    ) -> [Name: Value]? {
        guard let fields = pattern.fields(in: line) else {
            let text = String(decoding: line, as: UTF8.self)
            note(line, count: pattern.names.count { text.contains($0) })
            return nil
        }
        count += 1
        return fields
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0d).contains(byte)
    }

    /// - Parameter count: how many of the names it has.
    private mutating func note(_ line: some Collection<UInt8>, count: Int) {
        guard count >= nearestCount, !line.allSatisfy(Self.isSpace) else { return }
        nearestCount = count
        // Most programs print many lines, and few are ever shown.
        nearestLine.removeAll(keepingCapacity: true)
        nearestLine.append(contentsOf: line.prefix(Self.shownBytes))
    }
}
