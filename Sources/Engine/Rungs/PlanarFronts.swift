/// The fronts of points with two objectives.
///
/// Along a front the first cost rises and the second falls, so that the points which dominate
/// another, and those that a run of points displaces, are found by binary search. What a run
/// displaces is again a run of the next front.
///
/// A run moves on through all later fronts, about √n of them, each time by an exchange of a few points
/// that is found near the place of the one before: no way is known to keep all fronts for less than a
/// power of n, since their number is the length of a longest increasing subsequence.
///
/// - Complexity: O(log F · log k) to find the front, for F fronts of up to k points; O(moved) expected
///   for each front that points move on to, of about √n for points in no particular order.
struct PlanarFronts: FrontLayers {
    private var fronts: [PlanarFront] = []
    private(set) var sizes: [Int] = []

    init(objectives: Int) { precondition(objectives == 2, "a plane has two objectives") }

    func ids(of front: Int) -> [Int] { fronts[front].entries.map { Int($0.id) } }

    func front(of costs: ArraySlice<Double>) -> Int {
        let (first, second) = (costs[costs.startIndex], costs[costs.startIndex + 1])
        return fronts.partitioningIndex { !$0.dominates(first, second) }
    }

    func place(of id: Int, _ costs: ArraySlice<Double>, in front: Int) -> Int {
        fronts[front].place(of: Int32(id), costs[costs.startIndex])
    }

    mutating func insert(_ id: Int, _ costs: ArraySlice<Double>) -> Int {
        let own = front(of: costs)
        var run = [
            PlanarFront.Entry(
                first: costs[costs.startIndex], second: costs[costs.startIndex + 1], id: Int32(id))
        ]
        var spare: [PlanarFront.Entry] = []
        var near = own < fronts.count ? sizes[own] / 2 : 0
        for front in own..<fronts.count {
            let range = fronts[front].range(
                displacedBy: run[0], to: run[run.count - 1], near: near)
            // A front that moves on as one becomes the next.
            if range.count == sizes[front] {
                insert(run, before: front)
                return own
            }
            sizes[front] += run.count - range.count
            fronts[front].exchange(&run, at: range, with: &spare)
            if run.isEmpty { return own }
            near = range.lowerBound
        }
        insert(run, before: fronts.count)
        return own
    }

    private mutating func insert(_ run: [PlanarFront.Entry], before front: Int) {
        fronts.insert(PlanarFront(run), at: front)
        sizes.insert(run.count, at: front)
    }

    mutating func setOpen(_ id: Int, at costs: ArraySlice<Double>, to isOpen: Bool) {
        let front = front(of: costs)
        fronts[front].setOpen(place(of: id, costs, in: front), isOpen)
    }

    var firstOpen: Int? { fronts.firstIndex { $0.openCount > 0 } }

    func crowding(of front: Int) -> [Double] { fronts[front].crowding() }

    func contributions(of front: Int, under scale: CostBounds) -> [Double] {
        fronts[front].contributions(under: scale)
    }
}
