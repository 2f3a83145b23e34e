/// Strict Pareto dominance: `a` is no worse in every objective and better in one. Less is better.
///
/// Edge cases: a point with a NaN neither dominates nor is dominated.
///
/// - Complexity: O(objectives).
func dominates(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Bool {
    var better = false
    for (x, y) in zip(a, b) {
        if !(x <= y) { return false }
        if x < y { better = true }
    }
    return better
}
