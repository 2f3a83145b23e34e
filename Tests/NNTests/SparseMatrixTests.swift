import NN
import Testing

/// Sparse matrices that scipy itself wrote, and objects of Python's.
@Suite struct SparseMatrixTests {
    private let labels = fixture("labels.npy")

    private func path(_ kind: String) -> String { fixture("sparse-\(kind).npz") }

    private func features(_ data: Dataset) -> [[Float]] {
        (0..<data.rows).map { data.features(at: $0) }
    }

    @Test(arguments: ["csr", "csc", "coo"]) func matricesAreRead(_ kind: String) throws {
        let data = try Dataset(scipySparse: path(kind), labels: labels)
        #expect(features(data) == [[0, -0.5, 0], [0.5, 1, 1.5], [2, 2.5, 3], [0, 0, 0]])
        #expect(data.classes == [1, 2, 3].map { .integer($0) })
        let numbers = try Dataset(scipySparse: path(kind), labels: labels, regression: true)
        #expect(numbers.values(at: 3) == [2])
    }

    @Test func entriesOfOnePlaceAreAddedUp() throws {
        let data = try Dataset(scipySparse: path("twice"), labels: labels)
        #expect(features(data) == [[0, 3.5, 0], [0, 0, 0], [0, 0, 0], [0, 0, 4]])
    }

    @Test(arguments: ["bsr", "dia"]) func otherFormatsAreNamed(_ kind: String) {
        expectError(
            "\(path(kind)): expected a matrix of format csr, csc or coo, got \(kind); "
                + "scipy.sparse.save_npz(path, x.tocsr()) writes one"
        ) { try Dataset(scipySparse: path(kind), labels: labels) }
    }

    @Test func otherArchivesAreNamed() {
        let archive = fixture("stored.npz")
        expectError(
            "\(archive): expected a sparse matrix of scipy's, with an array format, "
                + "got arrays x, y; features and labels name arrays of another archive"
        ) { try Dataset(scipySparse: archive, labels: labels) }
        expectError(
            "\(path("csr")): expected an array named x, got arrays indices, indptr, format, shape, "
                + "data, _is_array; without features, scipy's sparse matrix is read"
        ) { try Dataset(npz: path("csr"), features: "x", labels: "y") }
        expectError(
            "\(path("csr")): expected a NumPy array, which begins with \\x93NUMPY, got other bytes; "
                + "data.npz reads archives"
        ) { try Dataset(npyFeatures: path("csr"), labels: labels) }
    }

    /// Pickled objects may run any code, so that they are never loaded.
    @Test func objectsAreRefusedWithAHint() {
        let objects = fixture("labels-object.npy")
        expectError(
            "\(objects): expected booleans, integers, floats or text, got Python objects, which only "
                + "Python can read; save them as text, np.save(path, y.astype(str)), or as numbers, "
                + "np.save(path, x.astype(float))"
        ) { try Dataset(npyFeatures: fixture("i1.npy"), labels: objects) }
    }
}
