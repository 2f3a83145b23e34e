/// The paths of a data set's four raw IDX files.
package struct DataSetFiles: Equatable, Sendable {
    /// The images to train on.
    package let trainImages: String
    /// Their labels.
    package let trainLabels: String
    /// The images to test with.
    package let testImages: String
    /// Their labels.
    package let testLabels: String

    init(of dataSet: DataSet, in folder: String) {
        trainImages = "\(folder)/\(dataSet.trainImages.name)"
        trainLabels = "\(folder)/\(dataSet.trainLabels.name)"
        testImages = "\(folder)/\(dataSet.testImages.name)"
        testLabels = "\(folder)/\(dataSet.testLabels.name)"
    }
}

/// One line of `data list`.
package struct DataSetListing: Equatable, Sendable {
    /// The name users write.
    package let name: String
    /// What is in it, in half a line.
    package let summary: String
    /// All four files are there, each of the right size.
    package let isPresent: Bool
    /// The size of the four files, whether they are there or not.
    package let byteCount: Int
    /// Where the files are, or would be.
    package let directory: String
}
