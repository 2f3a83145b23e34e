internal import Engine

extension RankingConformance {
    static func manyAtOnce(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 1...4 {
            RankingCases.each(objectives) { points, random in
                let names = Array(RankingCases.names.prefix(objectives))
                var points = points + points.map { $0.map { 3 - $0 } } + points
                points[random.below(points.count)][0] = .nan
                var (single, many) = (
                    rule.makeRanking(objectives: names, seed: 1),
                    rule.makeRanking(objectives: names, seed: 1)
                )
                var told = 0
                while told < points.count {
                    let part = points[told...].prefix(1 + random.below(points.count))
                    for point in part { single.record(point) }
                    many.record(contentsOf: part.flatMap { $0 }, count: part.count)
                    told += part.count
                    let open = random.below(told)
                    single.setOpen(open, true)
                    many.setOpen(open, true)
                    findings.expect(many.firstOpen(among: told) == single.firstOpen(among: told))
                    for point in 0..<told {
                        findings.expect(many.rank(of: point) == single.rank(of: point))
                        findings.expect(
                            many.ahead(of: point, limit: 5) == single.ahead(of: point, limit: 5))
                    }
                }
            }
        }
    }

    static func equalPoints(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 1...4 {
            RankingCases.each(objectives) { points, _ in
                let ranks = RankingCases.ranks(points + points, rule)
                findings.expect(
                    Array(ranks.prefix(points.count)) == Array(ranks.suffix(points.count)))
            }
        }
    }

    static func invalid(_ rule: RankingRule, _ findings: inout Findings) {
        for objectives in 1...3 {
            RankingCases.each(objectives) { points, random in
                var all = points
                for bad in [Double.nan, .infinity, -.infinity] {
                    var point = random.point(objectives: objectives)
                    point[random.below(objectives)] = bad
                    all.insert(point, at: random.below(all.count + 1))
                }
                let ranks = RankingCases.ranks(all, rule)
                let valid = all.indices.filter { all[$0].allSatisfy { $0.isFinite } }
                findings.expect(valid.map { ranks[$0] } == RankingCases.ranks(points, rule))
                for index in all.indices where !valid.contains(index) {
                    findings.expect(ranks[index] == points.count + 1)
                }
            }
        }
    }

    static func oneObjective(_ rule: RankingRule, _ findings: inout Findings) {
        RankingCases.each(1) { points, _ in
            let expected = points.map { point in 1 + points.count { $0[0] < point[0] } }
            findings.expect(RankingCases.ranks(points, rule) == expected)
        }
    }

    static func ahead(_ rule: RankingRule, _ findings: inout Findings) {
        RankingCases.each(2) { points, _ in
            var ranking = rule.makeRanking(objectives: ["x", "y"], seed: 1)
            for point in points { ranking.record(point) }
            for index in points.indices {
                let ahead = ranking.ahead(of: index, limit: 3)
                let rank = ranking.rank(of: index)
                findings.expect(ahead.count == min(3, rank - 1))
                let ranks = ahead.map { ranking.rank(of: $0) }
                findings.expect(ranks == ranks.sorted() && ranks.allSatisfy { $0 < rank })
                findings.expect(ahead.isEmpty || ranks[0] == 1)
            }
        }
    }

    static func firstOpen(_ rule: RankingRule, _ findings: inout Findings) {
        RankingCases.each(2) { points, random in
            var ranking = rule.makeRanking(objectives: ["x", "y"], seed: 1)
            for point in points { ranking.record(point) }
            findings.expect(ranking.firstOpen(among: points.count) == nil)
            var open: Set<Int> = []
            for index in points.indices where random.below(2) == 0 {
                ranking.setOpen(index, true)
                open.insert(index)
            }
            while let found = ranking.firstOpen(among: points.count) {
                let rank = ranking.rank(of: found)
                findings.expect(open.allSatisfy { ranking.rank(of: $0) >= rank })
                findings.expect(ranking.firstOpen(among: rank - 1) == nil)
                ranking.setOpen(found, false)
                open.remove(found)
            }
            findings.expect(open.isEmpty)
        }
    }
}
