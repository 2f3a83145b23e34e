/// Order statistics of numbers in no order, in O(n) expected.
package enum Selection {
    /// The quantile `q` of finite values, linear between the two nearest; at least one value.
    ///
    /// Reorders `values`. The result does not depend on their order.
    package static func quantile(_ q: Double, of values: inout [Double]) -> Double {
        let position = Double(values.count - 1) * q
        let below = Int(position)
        let low = select(below, in: &values)
        let share = position - Double(below)
        guard share > 0, below + 1 < values.count else { return low }
        // What comes after the place of the selected value is no less than it.
        let high = values[(below + 1)...].min() ?? low
        return low + share * (high - low)
    }

    /// The middle of finite values; the mean of the middle two when their number is even.
    package static func median(of values: inout [Double]) -> Double { quantile(0.5, of: &values) }

    /// Moves the value of rank `rank`, from 0, to its place, smaller ones before it.
    ///
    /// Source: Hoare 1961, "Algorithm 65: find".
    private static func select(_ rank: Int, in values: inout [Double]) -> Double {
        var (low, high) = (0, values.count - 1)
        while low < high {
            let pivot = median(of: values[low], values[(low + high) / 2], values[high])
            var (i, j) = (low, high)
            while i <= j {
                while values[i] < pivot { i += 1 }
                while values[j] > pivot { j -= 1 }
                if i <= j {
                    values.swapAt(i, j)
                    (i, j) = (i + 1, j - 1)
                }
            }
            if rank <= j { high = j } else if rank >= i { low = i } else { break }
        }
        return values[rank]
    }

    private static func median(of a: Double, _ b: Double, _ c: Double) -> Double {
        max(min(a, b), min(max(a, b), c))
    }
}
