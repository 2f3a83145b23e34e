internal import Platform

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
                throw DatasetError.malformed(
                    path: path, line: nil, expected: "an array named \(name)",
                    got: archive.arrayNames,
                    hint: archive.isSparseMatrix
                        ? "without features, scipy's sparse matrix is read" : nil)
            }
            return try NumPyArray(bytes, name: "\(path): array \(name)")
        }
        try self.init(
            name: path, array(features), array(labels), regression: regression, pixels: pixels)
    }

    /// A data set from a sparse matrix that scipy saved, and labels of NumPy's in another file.
    ///
    /// Rows are kept whole, zeros and all.
    ///
    /// - Parameters:
    ///   - path: the path of a `.npz` file of `scipy.sparse.save_npz`, of format csr, csc or coo.
    ///   - labels: the path of an array as for ``init(npyFeatures:labels:regression:pixels:)``.
    ///   - regression: whether that array holds numbers to predict instead of classes.
    /// - Throws: ``DatasetError`` that names the file, ``OutOfMemory``.
    public convenience init(scipySparse path: String, labels: String, regression: Bool = false)
        throws
    {
        let matrix = try SparseMatrix(ZipArchive(path: path))
        let targets = try Self.targets(
            NumPyArray(readUnpacked(labels), name: labels), rows: matrix.rows, of: path,
            regression: regression)
        try self.init(name: path, features: matrix.storage(), targets: targets)
    }

    /// What an array says is to be learnt.
    private static func targets(
        _ labels: consuming NumPyArray, rows: Int, of features: String, regression: Bool
    ) throws -> Targets {
        guard !labels.header.shape.isEmpty, labels.rows == rows else {
            throw labels.malformed(
                "\(rows) rows, as \(features) has", "shape \(labels.header.shape.shown)")
        }
        guard !regression else {
            return .values(try labels.values(), outputs: labels.columns)
        }
        // Each is a label of its own until equal ones are found.
        let charge = try MemoryCharge.of(
            rows * (96 + labels.header.element.size), purpose: "the labels of \(labels.name)")
        defer { withExtendedLifetime(charge) {} }
        return Targets(labels: try labels.labels())
    }

    private convenience init(
        name: String, _ features: consuming NumPyArray, _ labels: consuming NumPyArray,
        regression: Bool, pixels: Bool
    ) throws {
        let rows = features.rows
        let featuresName = features.name
        let storage = try features.features(pixels: pixels)
        let targets = try Self.targets(
            labels, rows: rows, of: featuresName, regression: regression)
        try self.init(name: name, features: storage, targets: targets)
    }
}
