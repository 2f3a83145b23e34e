import Engine

/// An earlier study of curves over three coordinates.
struct EarlierCurves {
    let study: EarlierStudy

    /// Random configurations, each other one up to the second level, each fourth to the end.
    ///
    /// - Parameter place: where the third coordinate is best.
    static func study(trials: Int, bestAt place: Double) -> EarlierCurves {
        var stream = RandomStream(seed: 11, purpose: "earlier", trials)
        let found = (0..<trials).map { number -> EarlierStudy.Trial in
            let point = (0..<3).map { _ in stream.unit() }
            let all: [Resource] = [2, 6, 18, 52]
            let levels = all.prefix(number % 4 == 0 ? 4 : number % 2 == 0 ? 2 : 1)
            return EarlierStudy.Trial(
                configuration: Configuration(
                    point.enumerated().map { .init("x\($0)", .real($1)) }),
                reports: levels.map { level in
                    let moved = [point[0], point[1], point[2] - place + 0.3]
                    // Another scale than that of the new study.
                    return .init(
                        resource: level,
                        costs: ModelRun.curves(moved, level).map { 100 + 7 * $0 })
                })
        }
        return EarlierCurves(study: EarlierStudy(trials: found))
    }

    /// In the new study's cube, which has the same coordinates.
    var encoded: EncodedEarlierStudy {
        EncodedEarlierStudy(study, objectives: 2, encode: Self.point)
    }

    private static func point(_ configuration: Configuration) -> [Double] {
        configuration.values.map { if case .real(let value) = $0 { value } else { 0 } }
    }
}
