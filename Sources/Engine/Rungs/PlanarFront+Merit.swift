/// What the points of a front are worth beside each other.
extension PlanarFront {
    /// A point as shares of two ranges.
    private struct Share {
        let first: Double
        let second: Double
    }

    /// How lonely each point is: see `Crowding`. O(n).
    func crowding() -> [Double] {
        guard let left = entries.first, let right = entries.last, entries.count > 1 else {
            return entries.map { _ in .infinity }
        }
        let (first, second) = (
            CostRange(least: left.first, greatest: right.first),
            CostRange(least: right.second, greatest: left.second)
        )
        return merits(under: first, second) { before, _, after in
            guard let before, let after else { return .infinity }
            let width = after.first - before.first
            return width + (before.second - after.second)
        }
    }

    /// What each point adds to the hypervolume of the front: see `Contribution`. O(n).
    func contributions(under scale: CostBounds) -> [Double] {
        merits(under: scale.range(of: 0), scale.range(of: 1)) { before, own, after in
            let right = after?.first ?? Contribution.reference
            let top = before?.second ?? Contribution.reference
            return (right - own.first) * (top - own.second)
        }
    }

    /// What `value` makes of each point and of the different ones next to it, nil beyond the ends; of
    /// equal points it gets one.
    @inline(__always)
    private func merits(
        under first: CostRange, _ second: CostRange, _ value: (Share?, Share, Share?) -> Double
    ) -> [Double] {
        entries.withUnsafeBufferPointer { points in
            let shares = [Share](unsafeUninitializedCapacity: points.count) { shares, count in
                for (place, point) in points.enumerated() {
                    let share = Share(
                        first: first.share(point.first), second: second.share(point.second))
                    shares.initializeElement(at: place, to: share)
                }
                count = points.count
            }
            return [Double](unsafeUninitializedCapacity: points.count) { merits, count in
                while count < points.count {
                    let start = count
                    var end = start + 1
                    while end < points.count, points[end].first == points[start].first { end += 1 }
                    let merit = value(
                        start > 0 ? shares[start - 1] : nil, shares[start],
                        end < points.count ? shares[end] : nil)
                    for place in start..<end { merits.initializeElement(at: place, to: merit) }
                    count = end
                }
            }
        }
    }
}
