/// The paths of a data set's four raw IDX files.
package struct DataSetFiles: Equatable, Sendable {
    package let trainImages: String
    package let trainLabels: String
    package let testImages: String
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
    package let name: String
    package let summary: String
    /// All four files are there, each of the right size.
    package let isPresent: Bool
    /// The size of the four files, whether they are there or not.
    package let byteCount: Int
    package let directory: String
}
