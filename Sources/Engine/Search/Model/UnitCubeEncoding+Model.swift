extension UnitCubeEncoding: UnitEncoding {
    package var categories: [Int?] {
        coordinates.map { coordinate in
            switch coordinate.kind {
            case .number: nil
            case .category(let count): count
            }
        }
    }

    package func snap(_ point: [Double]) -> [Double] { snapped(point) }
}
