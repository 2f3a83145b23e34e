internal import CKernels
internal import Platform

/// The features of a table's rows while it is read, in memory that grows.
///
/// - Invariant: there is room for one row more than `count`, which is all zeros until it is written.
struct TableRows: ~Copyable {
    /// The features of a row.
    let width: Int
    private(set) var count = 0
    private var memory: AlignedBuffer<UInt8>
    /// How many rows there is room for.
    private(set) var capacity: Int
    private let purpose: String

    /// - Parameters:
    ///   - capacity: how many rows there are, as far as is known.
    ///   - purpose: what the memory is for, as an error says it.
    /// - Throws: ``OutOfMemory``.
    init(width: Int, capacity: Int, purpose: String) throws {
        self.width = width
        self.purpose = purpose
        self.capacity = capacity + 1
        memory = try Self.buffer(capacity + 1, width: width, purpose: purpose)
    }

    private static func buffer(
        _ rows: Int, width: Int, purpose: String
    ) throws -> AlignedBuffer<UInt8> {
        let (count, overflow) = rows.multipliedReportingOverflow(by: 4 * width)
        guard !overflow else { throw OutOfMemory(what: purpose, bytes: nil) }
        return try AlignedBuffer<UInt8>(count: count, purpose: purpose)
    }

    /// All rows, and the one that is being read.
    private var all: UnsafeMutablePointer<Float> {
        UnsafeMutableRawPointer(memory.pointer).assumingMemoryBound(to: Float.self)
    }

    /// The row that is being read, `width` floats.
    var row: UnsafeMutablePointer<Float> { all + count * width }

    /// Keeps the row that was read.
    ///
    /// - Throws: ``OutOfMemory``.
    mutating func keepRow() throws {
        count += 1
        guard count == capacity else { return }
        let larger = try Self.buffer(2 * capacity, width: width, purpose: purpose)
        larger.pointer.update(from: memory.pointer, count: 4 * width * count)
        memory = larger
        capacity *= 2
    }

    /// Keeps rows that were read one behind the other, of which there is room for one more.
    mutating func keepRows(_ rows: Int) {
        precondition(count + rows < capacity)
        count += rows
    }

    /// Forgets the row that was read.
    func dropRow() { row.update(repeating: 0, count: width) }

    /// Keeps those rows alone for which `isKept`.
    mutating func filter(_ isKept: (Int) -> Bool) {
        var kept = 0
        for index in 0..<count where isKept(index) {
            if kept < index { (all + kept * width).update(from: all + index * width, count: width) }
            kept += 1
        }
        count = kept
        dropRow()
    }

    /// Puts the means of the other values in place of those of features that are NaN.
    ///
    /// - Returns: by feature the mean; nil where there is no other value.
    /// - Complexity: two passes over the rows, as they lie in memory.
    func fillWithMeans(_ features: [Int]) -> [Float?] {
        var sums = [Double](repeating: 0, count: width)
        var known = [Int64](repeating: 0, count: width)
        ck_add_known(all, count, width, &sums, &known)
        let means = features.map { known[$0] > 0 ? Float(sums[$0] / Double(known[$0])) : nil }
        var substitutes = [Float](repeating: .nan, count: width)
        for case (let feature, let mean?) in zip(features, means) { substitutes[feature] = mean }
        ck_fill_unknown(all, count, width, substitutes)
        return means
    }

    /// The means and deviations of the features.
    var scaling: FeatureScaling {
        let (all, width) = (all, width)
        return FeatureScaling(rows: count, columns: width) { all[$0 * width + $1] }
    }

    /// Shifts and scales all features.
    func scale(_ scaling: FeatureScaling) {
        for index in 0..<count {
            for feature in 0..<width {
                let place = index * width + feature
                all[place] = scaling.scaled(all[place], feature)
            }
        }
    }

    /// Whether a row counts up from 0 or 1 in that feature.
    func counts(_ feature: Int) -> Bool {
        let first = all[feature]
        return count > 2 && (first == 0 || first == 1)
            && (0..<count).allSatisfy { all[$0 * width + feature] == first + Float($0) }
    }

    /// The rows as a storage, in memory that is not much larger.
    ///
    /// - Throws: ``OutOfMemory``.
    consuming func storage() throws -> FeatureStorage {
        let (count, width) = (count, width)
        if capacity > count + count / 8 + 64 {
            let exact = try Self.buffer(count, width: width, purpose: purpose)
            exact.pointer.update(from: memory.pointer, count: 4 * width * count)
            return try FeatureStorage(floats: exact, rows: count, columns: width)
        }
        return try FeatureStorage(floats: memory, rows: count, columns: width)
    }
}
