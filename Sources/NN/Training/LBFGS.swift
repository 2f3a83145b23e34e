/// Minimises a smooth function by its gradient and what the last ten steps told of its curvature.
///
/// Follows L-BFGS-B without bounds in first steps, line search, and rules for stopping, as SciPy
/// runs it for scikit-learn.
///
/// Source: Nocedal and Wright, "Numerical optimization", 2006, algorithm 7.4; Zhu, Byrd, Lu and
/// Nocedal, "Algorithm 778: L-BFGS-B", 1997.
struct LBFGS {
    /// A point with the function's value and gradient there.
    struct State {
        var point: [Double]
        var value: Double
        var gradient: [Double]
    }

    /// A step and what it changed in the gradient.
    private struct Pair {
        var step: [Double]
        var change: [Double]
        /// 1 / (step · change)
        var inverse: Double
    }

    /// Ends when no element of the gradient exceeds this.
    var gradientTolerance: Double
    var largestIterations: Int
    /// Ends after the iteration in which the function has been evaluated this often.
    var largestEvaluations = 15_000

    private var pairs: [Pair] = []

    init(gradientTolerance: Double, largestIterations: Int) {
        self.gradientTolerance = gradientTolerance
        self.largestIterations = largestIterations
    }

    /// - Parameters:
    ///   - point: where to start.
    ///   - evaluate: the function's value and gradient at a point.
    ///   - iterated: called with the value after each iteration.
    /// - Returns: the last point; the function's value there exceeds the first in no case.
    mutating func minimise(
        from point: [Double],
        _ evaluate: ([Double]) throws -> (value: Double, gradient: [Double]),
        iterated: (Double) -> Void
    ) rethrows -> State {
        let first = try evaluate(point)
        var state = State(point: point, value: first.value, gradient: first.gradient)
        var evaluations = 1
        for iteration in 0..<largestIterations {
            guard largest(state.gradient) > gradientTolerance,
                evaluations <= largestEvaluations
            else { break }
            guard
                let next = try step(
                    from: state, iteration: iteration, counting: &evaluations, evaluate)
            else { break }
            let reduction = state.value - next.value
            let scale = max(abs(state.value), abs(next.value), 1)
            state = next
            iterated(state.value)
            // 10⁷ times the rounding of a double, as L-BFGS-B has it by default.
            if reduction <= 1e7 * Double.ulpOfOne * scale { break }
        }
        return state
    }

    /// One line search; after a failure one more along the gradient.
    ///
    /// - Returns: nil if neither finds a better point.
    private mutating func step(
        from state: State, iteration: Int, counting evaluations: inout Int,
        _ evaluate: ([Double]) throws -> (value: Double, gradient: [Double])
    ) rethrows -> State? {
        while true {
            let direction = descent(state.gradient)
            let slope = dot(direction, state.gradient)
            let length = dot(direction, direction).squareRoot()
            let first = iteration == 0 ? min(1 / length, 1e10) : 1
            if slope < 0,
                let next = try search(
                    from: state, along: direction, slope: slope, firstStep: first,
                    counting: &evaluations, evaluate)
            {
                remember(state, next)
                return next
            }
            guard !pairs.isEmpty else { return nil }
            pairs = []
        }
    }

    private func search(
        from state: State, along direction: [Double], slope: Double, firstStep first: Double,
        counting evaluations: inout Int,
        _ evaluate: ([Double]) throws -> (value: Double, gradient: [Double])
    ) rethrows -> State? {
        var search = LineSearch(value: state.value, slope: slope, step: first)
        for _ in 0..<20 {
            let step = search.step
            let point = zip(state.point, direction).map { $0 + step * $1 }
            let (value, gradient) = try evaluate(point)
            evaluations += 1
            switch search.advance(value: value, slope: dot(gradient, direction)) {
            case .evaluate: continue
            case .accepted: return State(point: point, value: value, gradient: gradient)
            case .failed: return nil
            }
        }
        return nil
    }

    /// Keeps a step whose gradient changed in its direction, the ten latest.
    private mutating func remember(_ old: State, _ new: State) {
        let step = zip(new.point, old.point).map { $0 - $1 }
        let change = zip(new.gradient, old.gradient).map { $0 - $1 }
        let curvature = dot(step, change)
        guard curvature > Double.ulpOfOne * -dot(step, old.gradient) else { return }
        pairs.append(Pair(step: step, change: change, inverse: 1 / curvature))
        if pairs.count > 10 { pairs.removeFirst() }
    }

    /// −H · gradient, H being the approximation of the inverse Hessian (the two-loop recursion).
    private func descent(_ gradient: [Double]) -> [Double] {
        var direction = gradient.map { -$0 }
        var weights: [Double] = []
        for pair in pairs.reversed() {
            let weight = pair.inverse * dot(pair.step, direction)
            add(-weight, pair.change, to: &direction)
            weights.append(weight)
        }
        if let last = pairs.last {
            let scale = 1 / (last.inverse * dot(last.change, last.change))
            for index in direction.indices { direction[index] *= scale }
        }
        for (pair, weight) in zip(pairs, weights.reversed()) {
            add(weight - pair.inverse * dot(pair.change, direction), pair.step, to: &direction)
        }
        return direction
    }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for index in a.indices { sum += a[index] * b[index] }
    return sum
}

private func add(_ factor: Double, _ a: [Double], to b: inout [Double]) {
    for index in b.indices { b[index] += factor * a[index] }
}

private func largest(_ values: [Double]) -> Double {
    values.reduce(0) { max($0, abs($1)) }
}
