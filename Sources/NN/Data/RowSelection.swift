/// Which rows of a storage a data set consists of, in which order.
enum RowSelection: Sendable {
    case range(Range<Int>)
    case list([UInt32])

    var count: Int {
        switch self {
        case .range(let range): range.count
        case .list(let rows): rows.count
        }
    }

    /// The memory it holds.
    var bytes: Int {
        switch self {
        case .range: 0
        case .list(let rows): 4 * rows.count
        }
    }

    /// The storage's row behind this selection's.
    subscript(index: Int) -> Int {
        switch self {
        case .range(let range):
            precondition(index >= 0 && index < range.count)
            return range.lowerBound + index
        case .list(let rows):
            return Int(rows[index])
        }
    }

    /// Writes the storage's row numbers at the given positions.
    func write(
        at positions: UnsafeBufferPointer<UInt32>, to rows: UnsafeMutablePointer<UInt32>
    ) {
        switch self {
        case .range(let range):
            let base = UInt32(range.lowerBound)
            for (index, position) in positions.enumerated() { rows[index] = base + position }
        case .list(let list):
            for (index, position) in positions.enumerated() { rows[index] = list[Int(position)] }
        }
    }

    /// The part of this selection at `range`.
    func slice(_ range: Range<Int>) -> RowSelection {
        switch self {
        case .range(let whole):
            .range(whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound)
        case .list(let rows):
            .list(Array(rows[range]))
        }
    }

    /// Writes the storage's row numbers from `first` on, as many as `rows` holds.
    func write(from first: Int, to rows: UnsafeMutableBufferPointer<UInt32>) {
        precondition(first >= 0 && first + rows.count <= count)
        switch self {
        case .range(let range):
            let base = UInt32(range.lowerBound + first)
            for index in 0..<rows.count { rows[index] = base + UInt32(index) }
        case .list(let list):
            for index in 0..<rows.count { rows[index] = list[first + index] }
        }
    }
}
