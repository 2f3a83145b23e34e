internal import DeterministicMath
internal import RealModule

/// How logarithms and powers are computed where a domain with `log` is drawn.
public enum LogArithmetic: Hashable, Sendable {
    /// By the system's functions, whose last bit may differ between processors: what studies were drawn
    /// with before there was another.
    case system
    /// With the same bits on every processor.
    case portable

    func exp(_ x: Double) -> Double {
        self == .portable ? Elementary.exp(x) : Double.exp(x)
    }

    func log(_ x: Double) -> Double {
        self == .portable ? Elementary.log(x) : Double.log(x)
    }

    /// eˣ − 1 for an x of at least 0.
    func expMinusOne(_ x: Double) -> Double {
        self == .portable ? LogScale.expMinusOne(x) : Double.expMinusOne(x)
    }

    /// ln(1 + x) for a finite x of at least 0.
    func log(onePlus x: Double) -> Double {
        self == .portable ? LogScale.log(onePlus: x) : Double.log(onePlus: x)
    }
}
