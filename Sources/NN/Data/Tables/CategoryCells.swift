internal import Platform

/// Tells the values of a column of text apart by the bytes of their cells.
///
/// A class, so that a reader that looks up what a column is copies nothing.
final class CategoryCells {
    /// In their order.
    let categories: [String]
    /// The texts of cells that have been read. What stands for one is the feature of its value, −1 where
    /// it is none of the values.
    let texts: TextCodes
    private let features: [[UInt8]: Int32]

    /// - Parameters:
    ///   - categories: the values, in the order of their features.
    ///   - feature: that of the first.
    ///   - purpose: what the texts of cells are, as an error says it.
    /// - Throws: ``OutOfMemory``.
    init(_ categories: [String], from feature: Int, purpose: String) throws {
        self.categories = categories
        features = Dictionary(
            zip(categories.map { Array($0.utf8) }, Int32(feature)...),
            uniquingKeysWith: { first, _ in first })
        texts = try TextCodes(purpose: purpose)
    }

    /// The feature of a cell's value; nil where it is none of the values.
    func feature(
        _ cell: UnsafeBufferPointer<UInt8>, _ encoding: TextEncoding
    ) throws -> Int? {
        let (code, isNew) = try texts.code(of: cell)
        if isNew {
            texts.setValue(features[Array(encoding.text(cell).utf8)] ?? -1, of: code)
        }
        let feature = texts.value(of: code)
        return feature < 0 ? nil : Int(feature)
    }

    /// The first of the values, as messages list them.
    var shown: String {
        categories.prefix(10).joined(separator: ", ") + (categories.count > 10 ? ", …" : "")
    }
}
