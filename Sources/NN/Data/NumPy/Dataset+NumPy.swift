extension Dataset {
    /// A data set from two arrays that NumPy saved, each in a `.npy` file of its own.
    ///
    /// Elements are booleans, integers or floats of 16, 32 or 64 bits, of either byte order, in C or
    /// Fortran order; classes may also be text. Either file may be gzipped.
    ///
    /// - Parameters:
    ///   - features: the path of an array of shape [rows, …]; what follows the first dimension is
    ///     one row's features.
    ///   - labels: the path of an array of shape [rows] or [rows, 1], for regression also
    ///     [rows, outputs].
    ///   - regression: whether the second array holds numbers to predict instead of classes.
    ///   - pixels: whether features p are pixels of type uint8 that the network sees as p / 255;
    ///     they stay bytes in memory. Without it they are the numbers they are.
    /// - Throws: ``DatasetError`` that names the file, ``OutOfMemory``.
    public convenience init(
        npyFeatures features: String, labels: String, regression: Bool = false, pixels: Bool = false
    ) throws {
        try self.init(
            name: features, NumPyArray(readUnpacked(features), name: features),
            NumPyArray(readUnpacked(labels), name: labels), regression: regression, pixels: pixels)
    }

    /// A data set from two arrays of an archive of NumPy's, compressed or not.
    ///
    /// - Parameters:
    ///   - path: the path of a `.npz` file.
    ///   - features: the name of an array as for ``init(npyFeatures:labels:regression:pixels:)``.
    ///   - labels: the name of the other array.
    /// - Throws: ``DatasetError`` that names the file and the array,
    ///   ``OutOfMemory``.
    public convenience init(
        npz path: String, features: String, labels: String, regression: Bool = false,
        pixels: Bool = false
    ) throws {
        let archive = try ZipArchive(path: path)
        func array(_ name: String) throws -> NumPyArray {
            guard let bytes = try archive.file("\(name).npy") else {
                let names = archive.names.filter { $0.hasSuffix(".npy") }
                    .map { $0.dropLast(4) }.joined(separator: ", ")
                throw DatasetError.malformed(
                    path: path, line: nil, expected: "an array named \(name)",
                    got: names.isEmpty ? "no arrays" : "arrays \(names)")
            }
            return try NumPyArray(bytes, name: "\(path): array \(name)")
        }
        try self.init(
            name: path, array(features), array(labels), regression: regression, pixels: pixels)
    }

    private convenience init(
        name: String, _ features: consuming NumPyArray, _ labels: consuming NumPyArray,
        regression: Bool, pixels: Bool
    ) throws {
        let rows = features.rows
        let featuresName = features.name
        let storage = try features.features(pixels: pixels)
        guard !labels.header.shape.isEmpty, labels.rows == rows else {
            throw labels.malformed(
                "\(rows) rows, as \(featuresName) has", "shape \(labels.header.shape.shown)")
        }
        let targets: Targets =
            regression
            ? .values(try labels.values(), outputs: labels.columns)
            : Targets(labels: try labels.labels())
        try self.init(name: name, features: storage, targets: targets)
    }
}
