/// Looks along a line for a step that decreases a function enough and flattens its slope.
///
/// A step is accepted once f(t) ≤ f(0) + 10⁻³ · t · f′(0) and |f′(t)| ≤ 0.9 · |f′(0)|, the limits
/// that L-BFGS-B uses.
///
/// - Invariant: `best` has the least value so far that satisfies the search, and once
///   `isBracketed`, a step with both properties lies between `best` and `other`.
///
/// Source: Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease", 1994,
/// algorithms 4.1 and 4.3.
struct LineSearch {
    /// A step with the function's value and slope there.
    struct Point {
        var step: Double
        var value: Double
        var slope: Double
    }

    enum Verdict {
        /// Evaluate at ``LineSearch/step`` and ask again.
        case evaluate
        case accepted
        /// No step will do better; rounding, or a slope that is not the function's.
        case failed
    }

    /// The step to evaluate next.
    private(set) var step: Double
    private let start: Point
    private var best: Point
    private var other: Point
    private var isBracketed = false
    /// Whether the search still runs on f(t) − f(0) − 10⁻³ · t · f′(0) in place of f.
    private var isFirstStage = true
    private var width: Double
    private var previousWidth: Double
    private var lowest = 0.0
    private var highest: Double

    private static let decrease = 1e-3
    private static let flatness = 0.9
    private static let precision = 0.1
    private static let largestStep = 1e10

    /// - Parameters:
    ///   - value, slope: the function's at 0; the slope is negative.
    ///   - step: the first step to try.
    init(value: Double, slope: Double, step: Double) {
        start = Point(step: 0, value: value, slope: slope)
        best = start
        other = start
        self.step = step
        width = Self.largestStep
        previousWidth = 2 * width
        highest = step * 5
    }

    /// Takes in the value and slope at ``step`` and chooses the next.
    mutating func advance(value: Double, slope: Double) -> Verdict {
        let test = start.value + step * Self.decrease * start.slope
        if isFirstStage, value <= test, slope >= 0 { isFirstStage = false }
        if value <= test, abs(slope) <= Self.flatness * -start.slope { return .accepted }
        let isStuck =
            isBracketed
            && (step <= lowest || step >= highest
                || highest - lowest <= Self.precision * highest)
        let isAtLimit =
            step >= Self.largestStep && value <= test && slope <= Self.decrease * start.slope
        guard value.isFinite, slope.isFinite else { return .failed }
        if isStuck || isAtLimit { return value < start.value ? .accepted : .failed }
        update(Point(step: step, value: value, slope: slope), test: test)
        shrink()
        return .evaluate
    }

    private mutating func update(_ point: Point, test: Double) {
        guard isFirstStage, point.value <= best.value, point.value > test else {
            step = interpolate(point)
            return
        }
        let tilt = Self.decrease * start.slope
        func tilted(_ p: Point, _ sign: Double) -> Point {
            Point(
                step: p.step, value: p.value + sign * p.step * tilt, slope: p.slope + sign * tilt)
        }
        best = tilted(best, -1)
        other = tilted(other, -1)
        step = interpolate(tilted(point, -1))
        best = tilted(best, 1)
        other = tilted(other, 1)
    }

    /// Keeps the interval shrinking and the step inside it.
    private mutating func shrink() {
        if isBracketed {
            if abs(other.step - best.step) >= 0.66 * previousWidth {
                step = best.step + 0.5 * (other.step - best.step)
            }
            previousWidth = width
            width = abs(other.step - best.step)
            lowest = min(best.step, other.step)
            highest = max(best.step, other.step)
        } else {
            lowest = step + 1.1 * (step - best.step)
            highest = step + 4 * (step - best.step)
        }
        step = min(max(step, 0), Self.largestStep)
        if isBracketed,
            step <= lowest || step >= highest || highest - lowest <= Self.precision * highest
        {
            step = best.step
        }
    }

    /// Chooses a step from cubic and quadratic fits and updates the interval.
    private mutating func interpolate(_ point: Point) -> Double {
        let next: Double
        if point.value > best.value {
            next = afterHigherValue(point)
            isBracketed = true
        } else if point.slope * best.slope < 0 {
            next = afterTurnedSlope(point)
            isBracketed = true
        } else if abs(point.slope) < abs(best.slope) {
            next = afterFlatterSlope(point)
        } else if isBracketed {
            next = cubicMinimum(point, other, negative: point.step > other.step)
        } else {
            next = point.step > best.step ? highest : lowest
        }
        if point.value > best.value {
            other = point
        } else {
            if point.slope * best.slope < 0 { other = best }
            best = point
        }
        return next
    }

    private func afterHigherValue(_ point: Point) -> Double {
        let cubic = cubicMinimum(best, point, negative: point.step < best.step)
        let span = point.step - best.step
        let bend = (best.value - point.value) / span + best.slope
        let quadratic = best.step + best.slope / bend / 2 * span
        return abs(cubic - best.step) < abs(quadratic - best.step)
            ? cubic : cubic + (quadratic - cubic) / 2
    }

    private func afterTurnedSlope(_ point: Point) -> Double {
        let cubic = cubicMinimum(point, best, negative: point.step > best.step)
        let secant = secantMinimum(point)
        return abs(cubic - point.step) > abs(secant - point.step) ? cubic : secant
    }

    private func afterFlatterSlope(_ point: Point) -> Double {
        let secant = secantMinimum(point)
        let cubic = cubicBeyond(point)
        guard isBracketed else {
            let farther = abs(cubic - point.step) > abs(secant - point.step) ? cubic : secant
            return min(max(farther, lowest), highest)
        }
        let nearer = abs(cubic - point.step) < abs(secant - point.step) ? cubic : secant
        let limit = point.step + 0.66 * (other.step - point.step)
        return point.step > best.step ? min(limit, nearer) : max(limit, nearer)
    }

    private func secantMinimum(_ point: Point) -> Double {
        point.step + point.slope / (point.slope - best.slope) * (best.step - point.step)
    }

    /// The minimum of the cubic through two points, seen from `a`.
    private func cubicMinimum(_ a: Point, _ b: Point, negative: Bool) -> Double {
        let theta = 3 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope
        let scale = max(abs(theta), abs(a.slope), abs(b.slope))
        let square = theta / scale * (theta / scale) - a.slope / scale * (b.slope / scale)
        let gamma = (negative ? -scale : scale) * max(0, square).squareRoot()
        let p = gamma - a.slope + theta
        let q = gamma - a.slope + gamma + b.slope
        return a.step + p / q * (b.step - a.step)
    }

    /// The minimum of the cubic beyond the point, or an end of the interval where it has none.
    private func cubicBeyond(_ point: Point) -> Double {
        let theta =
            3 * (best.value - point.value) / (point.step - best.step) + best.slope + point.slope
        let scale = max(abs(theta), abs(best.slope), abs(point.slope))
        let square =
            theta / scale * (theta / scale) - best.slope / scale * (point.slope / scale)
        let root = scale * max(0, square).squareRoot()
        let gamma = point.step > best.step ? -root : root
        let p = gamma - point.slope + theta
        let q = gamma + (best.slope - point.slope) + gamma
        let r = p / q
        if r < 0, gamma != 0 { return point.step + r * (best.step - point.step) }
        return point.step > best.step ? highest : lowest
    }
}
