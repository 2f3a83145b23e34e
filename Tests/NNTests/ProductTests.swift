import CKernels
import NN
import Testing

/// Products against their definition, for all shapes that tiles may leave a rest of.
@Suite struct ProductTests {
    /// Rows that fill no tile, one, and some with each possible rest; depths around a panel's.
    @Test(arguments: [1, 5, 6, 7, 8, 9, 12, 15, 16, 47, 193, 400], [1, 2, 127, 128, 129, 257])
    func productsAreSums(_ rows: Int, _ inner: Int) {
        for columns in [16, 32, 48, 64, 80] {
            for isTransposed in [false, true] {
                check(rows: rows, columns: columns, inner: inner, isTransposed: isTransposed)
            }
        }
    }

    private func check(rows: Int, columns: Int, inner: Int, isTransposed: Bool) {
        var random = RandomGenerator(seed: UInt64(rows * 1000 + columns + inner))
        // Whole numbers of few bits: sums are exact, whether products are fused with them or not.
        func matrix(_ count: Int) -> Matrix {
            let matrix = Matrix(count: count)
            for place in 0..<count { matrix.elements[place] = Float(random.below(17)) - 8 }
            return matrix
        }
        // Rows of b and c lie further apart than they are long; c begins as anything.
        let (bRow, cRow) = (columns + 16, columns + 32)
        let (a, b, c) = (matrix(rows * inner), matrix(inner * bRow), Matrix(count: rows * cRow))
        for place in 0..<rows * cRow { c.elements[place] = .nan }
        let (row, step) = isTransposed ? (1, rows) : (inner, 1)
        ck_multiply(
            rows, columns, inner, a.elements, row, step, b.elements, bRow, c.elements, cRow)
        for i in 0..<rows {
            for j in 0..<columns {
                var sum: Float = 0
                for k in 0..<inner {
                    sum += a.elements[i * row + k * step] * b.elements[k * bRow + j]
                }
                guard c.elements[i * cRow + j] == sum else {
                    Issue.record("(\(i), \(j)) of \(rows) × \(columns) × \(inner)")
                    return
                }
            }
            let isUntouched = (columns..<cRow).allSatisfy { c.elements[i * cRow + $0].isNaN }
            #expect(isUntouched, "beyond the columns nothing is written")
        }
    }

    /// A pixel stands for itself divided by 255, rounded once, in every place of a row.
    @Test func pixelsAreDividedBy255() {
        let columns = 256 + 5
        let pixels = (0..<3 * columns).map { UInt8(($0 * 7) % 256) }
        let rows = (0..<40).map { UInt32(2 - $0 % 3) }
        var batch = [Float](repeating: .nan, count: rows.count * columns)
        ck_gather_bytes(pixels, columns, rows, rows.count, &batch)
        let expected = rows.flatMap { row in
            (0..<columns).map { Float(pixels[Int(row) * columns + $0]) / 255 }
        }
        #expect(batch == expected)
        #expect(Set(pixels).count == 256)
    }
}

/// Floats on a 64-byte boundary.
private final class Matrix {
    let elements: UnsafeMutablePointer<Float>

    init(count: Int) {
        elements = ck_allocate(count * MemoryLayout<Float>.stride)
            .bindMemory(to: Float.self, capacity: count)
    }

    deinit { ck_free(elements) }
}
