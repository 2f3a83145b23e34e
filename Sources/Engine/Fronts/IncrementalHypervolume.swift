/// The hypervolume of a growing set of points, kept up to date point by point. Less is better.
///
/// Edge cases: a point that is not better than the reference in every objective adds nothing; nor
/// does one with a NaN or an infinite value.
///
/// - Complexity: for one and two objectives O(log n) a point and the moving of what is behind it;
///   else the volume of the front cut down to the new point, far less than that of the whole.
struct IncrementalHypervolume: Sendable {
    private let reference: [Double]
    private(set) var volume = 0.0
    private var section: DominatedArea?
    /// The points that are not dominated, for three objectives and more.
    private var front: [[Double]] = []

    init(reference: [Double]) {
        self.reference = reference
        if reference.count == 2 { section = DominatedArea(reference) }
    }

    mutating func insert(_ point: [Double]) {
        guard zip(point, reference).allSatisfy({ $0 < $1 && $0.isFinite }) else { return }
        if section != nil {
            section?.insert(point[0], point[1])
            volume = section?.area ?? volume
        } else if !front.contains(where: { $0 == point || dominates($0, point) }) {
            // What the point dominates alone: its box less what the others cover of it.
            let box = zip(reference, point).reduce(1) { $0 * ($1.0 - $1.1) }
            let covered = nondominated(front.map { zip($0, point).map { max($0, $1) } })
            volume += box - hypervolume(covered, reference: reference)
            front.removeAll { dominates(point, $0) }
            front.append(point)
        }
    }
}
