/// The points of a rung in fronts: the first is what no point dominates, the second what none but
/// points of the first do, and so on. Kept from point to point.
///
/// A new point is put into the first front that does not dominate it, what it dominates there moves
/// on to the next, and so on.
///
/// Source: Li et al. 2014, "Efficient non-domination level update".
protocol FrontLayers: Sendable {
    init(objectives: Int)

    /// How many points each front has.
    var sizes: [Int] { get }
    /// The first front with an open point; nil where no point is open.
    var firstOpen: Int? { get }

    /// The first front none of whose points dominates a point: its own, once it is in one.
    func front(of costs: ArraySlice<Double>) -> Int

    /// The points of a front, in an order of its own.
    func ids(of front: Int) -> [Int]

    /// Where in `ids` of its front a point stands.
    func place(of id: Int, _ costs: ArraySlice<Double>, in front: Int) -> Int

    /// Adds a point, which is not open, with finite costs; returns its front. Earlier fronts stay as they
    /// are.
    mutating func insert(_ id: Int, _ costs: ArraySlice<Double>) -> Int

    /// Makes a point open, or no longer.
    mutating func setOpen(_ id: Int, at costs: ArraySlice<Double>, to isOpen: Bool)

    /// How lonely each point of a front is, in the order of `ids`: see `Crowding`.
    func crowding(of front: Int) -> [Double]

    /// What each point of a front adds to its hypervolume, in the order of `ids`: see `Contribution`.
    func contributions(of front: Int, under scale: CostBounds) -> [Double]
}

/// The volume that a point dominates and no different point of its front does.
///
/// Costs are taken as shares of the rung's scale, 0 best and 1 worst; the reference point is at 1.1
/// in every objective, as the default reference of a study, so that the ends of a front count too.
///
/// Source: Beume, Naujoks, Emmerich 2007, "SMS-EMOA: multiobjective selection based on dominated
/// hypervolume".
enum Contribution {
    /// The share at which every objective is as bad as can be.
    static let reference = 1.1
}
