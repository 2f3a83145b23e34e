internal import Platform

/// Tells the values of a column of text apart by the bytes of their cells.
///
/// A class, so that a reader that looks up what a column is copies nothing.
final class CategoryCells {
    /// In their order.
    let categories: [String]
    private let numbers: [[UInt8]: Int]
    private var cells: TextCodes
    /// By number of the cell's text.
    private var byCell: [Int] = []

    /// - Parameters:
    ///   - categories: the values, in the order of their features.
    ///   - charge: pays for the texts of cells.
    init(_ categories: [String], _ charge: MemoryCharge, purpose: String) {
        self.categories = categories
        numbers = Dictionary(
            zip(categories.map { Array($0.utf8) }, 0...), uniquingKeysWith: { first, _ in first })
        cells = TextCodes(charge, purpose: purpose)
    }

    /// The number of a cell's value; nil where it is none of the values.
    func category(
        _ cell: UnsafeBufferPointer<UInt8>, _ encoding: TextEncoding
    ) throws -> Int? {
        let (code, isNew) = try cells.code(of: cell)
        if isNew { byCell.append(numbers[Array(encoding.text(cell).utf8)] ?? -1) }
        return byCell[code] < 0 ? nil : byCell[code]
    }

    /// The first of the values, as messages list them.
    var shown: String {
        categories.prefix(10).joined(separator: ", ") + (categories.count > 10 ? ", …" : "")
    }
}
