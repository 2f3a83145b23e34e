internal import Platform
internal import Synchronization

/// Rows of features with a label, or with numbers to predict, for each.
///
/// A data set never changes. A part of one (``subset(_:)``, ``split(fraction:seed:stratify:)``) is a
/// view: it shares the features and labels, however many parts there are.
///
/// ```swift
/// let all = try Dataset(idxImages: "train-images-idx3-ubyte", labels: "train-labels-idx1-ubyte")
/// let (train, validation) = try all.split(fraction: 0.9, seed: 1, stratify: true)
/// ```
///
/// - Invariant: at least one row and one feature; every feature is finite.
public final class Dataset: Sendable {
    /// Tells data sets apart, for caches: two with the same id hold the same rows in the same order.
    public struct ID: Hashable, Sendable {
        let storage: UInt64
        let rows: Range<Int>
    }

    /// How a message calls this data set: the file's path, or "data".
    public let name: String
    /// Tells data sets apart, also those of equal rows.
    public let id: ID

    let features: FeatureStorage
    let targets: Targets
    let selection: RowSelection
    let layout: FeatureLayout
    /// The columns of the table the features come from; empty for other sources.
    var tableColumns: [TableColumn] { layout.columns }
    /// Pays for the targets, also when the data set that they came with is gone.
    private let targetsCharge: MemoryCharge?
    private let selectionCharge: MemoryCharge?

    /// The number of rows.
    public var rows: Int { selection.count }

    /// The number of features of each row.
    public var columns: Int { features.columns }

    /// The classes in ascending order, also those that have no row in this part; empty for
    /// regression.
    public var classes: [ClassLabel] {
        if case .classes(_, let labels) = targets { labels } else { [] }
    }

    /// How many numbers are to be predicted for each row; 0 for classification.
    public var outputs: Int {
        if case .values(_, let outputs) = targets { outputs } else { 0 }
    }

    /// All rows of a new storage.
    ///
    /// - Throws: ``OutOfMemory``.
    init(
        name: String, features: FeatureStorage, targets: Targets,
        layout: FeatureLayout = FeatureLayout()
    ) throws {
        let rows = 0..<features.rows
        self.name = name
        id = ID(storage: Self.newIdentity(), rows: rows)
        self.features = features
        self.targets = targets
        selection = .range(rows)
        self.layout = layout
        targetsCharge = try MemoryCharge.of(
            targets.bytes, purpose: "a data set of \(rows.count) rows")
        selectionCharge = nil
    }

    /// A view of the storage of another data set.
    ///
    /// - Parameter selection: rows of that storage.
    /// - Throws: ``OutOfMemory``.
    init(_ source: Dataset, id: ID, selection: RowSelection) throws {
        name = source.name
        self.id = id
        features = source.features
        targets = source.targets
        self.selection = selection
        layout = source.layout
        targetsCharge = source.targetsCharge
        selectionCharge = try MemoryCharge.of(
            selection.bytes, purpose: "a data set of \(selection.count) rows")
    }

    /// The features of one row.
    ///
    /// - Parameter row: from 0 to `rows − 1`.
    public func features(at row: Int) -> [Float] {
        let stored = selection[row]
        return (0..<columns).map { features[stored, $0] }
    }

    /// The label of one row, nil for regression.
    ///
    /// - Parameter row: from 0 to `rows − 1`.
    public func label(at row: Int) -> ClassLabel? { classIndex(at: row).map { classes[$0] } }

    /// The place of one row's label among the ``classes``, nil for regression.
    ///
    /// - Parameter row: from 0 to `rows − 1`.
    public func classIndex(at row: Int) -> Int? {
        guard case .classes(let numbers, _) = targets else { return nil }
        return Int(numbers[selection[row]])
    }

    /// The numbers to be predicted for one row, empty for classification.
    ///
    /// - Parameter row: from 0 to `rows − 1`.
    public func values(at row: Int) -> [Float] {
        guard case .values(let values, let outputs) = targets else { return [] }
        let first = selection[row] * outputs
        return Array(values[first..<first + outputs])
    }

    static func newIdentity() -> UInt64 {
        identities.wrappingAdd(1, ordering: .relaxed).newValue
    }
}

/// Counts the storages and row lists made in this process.
private let identities = Atomic<UInt64>(0)
