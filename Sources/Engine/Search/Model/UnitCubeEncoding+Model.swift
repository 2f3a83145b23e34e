extension UnitCubeEncoding: UnitEncoding {
    /// By dimension, the number of choices of a categorical; nil for all others.
    package var categories: [Int?] {
        coordinates.map { coordinate in
            switch coordinate.kind {
            case .number: nil
            case .category(let count): count
            }
        }
    }

    /// The nearest point that stands for a configuration.
    package func snap(_ point: [Double]) -> [Double] { snapped(point) }
}
