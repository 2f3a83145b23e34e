/// How the configurations of a space stand for points of the unit cube.
package protocol UnitEncoding: Sendable {
    /// For each coordinate how many values its category has; nil for a number from 0 to 1.
    ///
    /// A category's values are 0, 1 …; of two only the equality counts. A negative one stands for a
    /// parameter that is absent.
    var categories: [Int?] { get }

    /// For each coordinate where the best values are believed to lie; nil where nothing is known.
    var priors: [CoordinatePrior?] { get }

    /// The sum of squared distances to those, in standard deviations, of the coordinates that are
    /// present.
    func priorDistance(of point: [Double]) -> Double

    /// The point that the configuration nearest to `point` is encoded as: the middle of an integer's
    /// cell; a fixed value where the parameter is absent.
    func snap(_ point: [Double]) -> [Double]
}

/// Of a space of which nothing is believed.
extension UnitEncoding {
    /// Nil for each coordinate.
    package var priors: [CoordinatePrior?] { categories.map { _ in nil } }
    /// Always 0.
    package func priorDistance(of point: [Double]) -> Double { 0 }
}
