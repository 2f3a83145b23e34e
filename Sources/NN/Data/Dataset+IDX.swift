extension Dataset {
    /// A classification data set from two files in the IDX format, as MNIST comes.
    ///
    /// Either file may be gzipped. The pixels stay bytes in memory; the network sees them as
    /// p / 255, from 0 to 1.
    ///
    /// - Parameters:
    ///   - images: the path of a file of unsigned bytes of two or more dimensions, the first
    ///     of which counts the rows.
    ///   - labels: the path of a file of unsigned bytes of one dimension.
    /// - Throws: ``DatasetError`` that names the file, ``OutOfMemory``.
    ///
    /// Source: LeCun, Cortes and Burges, "The MNIST database", 1998 (section "File formats").
    public convenience init(idxImages images: String, labels: String) throws {
        let pixels = try readUnpacked(images)
        let (sizes, offset) = try readIDXHeader(pixels, path: images, dimensions: 2...)
        let numbers = try readUnpacked(labels)
        let (labelSizes, labelOffset) = try readIDXHeader(numbers, path: labels, dimensions: 1...1)
        guard labelSizes[0] == sizes[0] else {
            throw DatasetError.malformed(
                path: labels, line: nil, expected: "\(sizes[0]) labels, as \(images) has images",
                got: "\(labelSizes[0])")
        }
        let columns = sizes[1...].reduce(1, *)
        let bytes = UnsafeBufferPointer(
            start: numbers.pointer + labelOffset, count: labelSizes[0])
        let features = try FeatureStorage(
            bytes: pixels, offset: offset, rows: sizes[0], columns: columns)
        try self.init(name: images, features: features, targets: Targets(bytes: bytes))
    }
}

/// Checks the header against the file's length.
///
/// - Returns: the size of each dimension, all at least 1, and where the elements start.
private func readIDXHeader(
    _ file: borrowing AlignedBuffer<UInt8>, path: String, dimensions: some RangeExpression<Int>
) throws -> (sizes: [Int], offset: Int) {
    func malformed(_ expected: String, _ got: String) -> DatasetError {
        .malformed(path: path, line: nil, expected: expected, got: got)
    }
    guard file.count >= 4 else { throw malformed("an IDX file", "\(file.count) bytes") }
    guard file[0] == 0, file[1] == 0 else {
        throw malformed(
            "an IDX file, which begins with two zero bytes", "bytes \(file[0]) and \(file[1])")
    }
    guard file[2] == 0x08 else {
        throw malformed("an IDX file of unsigned bytes (type 8)", "type \(file[2])")
    }
    let rank = Int(file[3])
    guard rank > 0, dimensions.contains(rank) else {
        throw malformed(
            dimensions.contains(2) ? "at least 2 dimensions" : "1 dimension", "\(rank)")
    }
    let offset = 4 + 4 * rank
    guard file.count >= offset else {
        throw malformed("a header of \(offset) bytes", "a file of \(file.count)")
    }
    var sizes: [Int] = []
    var expected = offset
    var elements = 1
    for dimension in 0..<rank {
        let size = (0..<4).reduce(0) { $0 << 8 | Int(file[4 + 4 * dimension + $1]) }
        guard size > 0 else { throw malformed("at least one row of at least one value", "none") }
        let (product, overflow) = elements.multipliedReportingOverflow(by: size)
        guard !overflow, product < Int.max / 2 else {
            throw malformed("a size that fits the file", "dimensions that overflow")
        }
        elements = product
        expected = offset + product
        sizes.append(size)
    }
    guard file.count == expected else {
        throw malformed("\(expected) bytes, as its header says", "\(file.count)")
    }
    return (sizes, offset)
}
