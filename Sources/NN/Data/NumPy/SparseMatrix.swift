internal import Platform

/// A matrix that scipy's `save_npz` wrote, by its entries that are not zero.
///
/// Source: scipy 1.17, `scipy/sparse/_matrix_io.py`.
struct SparseMatrix {
    let rows: Int
    let columns: Int
    /// Where an entry stands, one for each value.
    private let places: [(row: Int, column: Int)]
    private let values: [Float]
    private let path: String
    private let charge: MemoryCharge

    /// A damaged shape must not ask for more memory than a file may need. The sparsest sets in use have
    /// some hundred elements for each byte of their files.
    private static let mostElementsPerByte = 1000
    /// What a file of any size may have.
    private static let mostElements = 1 << 20

    /// - Throws: ``DatasetError`` for an archive without such a matrix, or one whose parts disagree;
    ///   ``OutOfMemory``.
    init(_ archive: ZipArchive) throws {
        path = archive.path
        charge = MemoryCharge()
        let parts = Parts(archive: archive, charge: charge)
        let format = try parts.format
        let shape = try parts.integers("shape")
        guard shape.count == 2, shape[0] > 0, shape[1] > 0 else {
            throw parts.malformed("a matrix with rows and columns", "shape \(shape.shown)")
        }
        (rows, columns) = (shape[0], shape[1])
        values = try parts.numbers("data")
        let major: [Int]
        let minor: [Int]
        switch format {
        case "coo": (major, minor) = (try parts.integers("row"), try parts.integers("col"))
        case "csr", "csc":
            minor = try parts.integers("indices")
            major = try parts.expanded(
                "indptr", lines: format == "csr" ? rows : columns, entries: minor.count)
        default:
            throw parts.malformed(
                "a matrix of format csr, csc or coo", format,
                hint: "scipy.sparse.save_npz(path, x.tocsr()) writes one")
        }
        guard major.count == values.count, minor.count == values.count else {
            throw parts.malformed(
                "a place for each of the \(values.count) values",
                "\(major.count) and \(minor.count)")
        }
        let pairs = format == "csc" ? zip(minor, major) : zip(major, minor)
        try charge.add(16 * values.count, purpose: "the entries of \(path)")
        places = pairs.map { (row: $0, column: $1) }
        if let bad = places.first(where: {
            !(0..<shape[0]).contains($0.row) || !(0..<shape[1]).contains($0.column)
        }) {
            throw parts.malformed(
                "entries within shape \(shape.shown)", "one in row \(bad.row), column \(bad.column)"
            )
        }
        let (elements, overflow) = rows.multipliedReportingOverflow(by: columns)
        let most = max(Self.mostElements, Self.mostElementsPerByte * archive.byteCount)
        guard !overflow, elements <= most else {
            throw parts.malformed(
                "at most \(most) elements, as rows are kept with their zeros and this file is small",
                "shape \(shape.shown)")
        }
    }

    /// All elements, shape [rows, columns]; entries of one place are added up.
    ///
    /// - Throws: ``OutOfMemory``, and ``DatasetError`` for a sum that is not finite.
    func storage() throws -> FeatureStorage {
        try FeatureStorage(rows: rows, columns: columns) { target in
            for (place, value) in zip(places, values) {
                let index = place.row * columns + place.column
                target[index] += value
                guard target[index].isFinite else {
                    throw DatasetError.malformed(
                        path: path, line: nil,
                        expected: "a finite number in row \(place.row + 1), "
                            + "column \(place.column + 1)", got: "\(target[index])")
                }
            }
        }
    }
}

/// The arrays that such a matrix consists of.
private struct Parts {
    let archive: ZipArchive
    let charge: MemoryCharge

    func malformed(_ expected: String, _ got: String, hint: String? = nil) -> DatasetError {
        .malformed(path: archive.path, line: nil, expected: expected, got: got, hint: hint)
    }

    private func array(_ name: String) throws -> NumPyArray {
        guard let bytes = try archive.file("\(name).npy") else {
            throw malformed(
                "a sparse matrix of scipy's, with an array \(name)", archive.arrayNames,
                hint: "features and labels name arrays of another archive")
        }
        return try NumPyArray(bytes, name: "\(archive.path): array \(name)")
    }

    /// How the entries are kept: `csr` and the like.
    var format: String {
        get throws { try array("format").text() }
    }

    func integers(_ name: String) throws -> [Int] {
        let array = try array(name)
        try charge.add(8 * array.rows, purpose: "the entries of \(archive.path)")
        return try array.integers()
    }

    func numbers(_ name: String) throws -> [Float] {
        let array = try array(name)
        try charge.add(4 * array.rows, purpose: "the entries of \(archive.path)")
        return try array.values()
    }

    /// By entry the row, or the column, that it is in: entries from `name[i]` to `name[i + 1]` are in
    /// the i-th.
    func expanded(_ name: String, lines: Int, entries: Int) throws -> [Int] {
        let ends = try integers(name)
        guard ends.count == lines + 1, ends[0] == 0, ends[lines] == entries,
            zip(ends, ends.dropFirst()).allSatisfy({ $0 <= $1 })
        else {
            throw malformed(
                "\(lines + 1) ascending integers from 0 to \(entries) in \(name)", "others")
        }
        try charge.add(8 * entries, purpose: "the entries of \(archive.path)")
        return (0..<lines).flatMap { repeatElement($0, count: ends[$0 + 1] - ends[$0]) }
    }
}
