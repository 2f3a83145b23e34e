import Engine
import EngineTesting
import Results
import Testing

@Suite("Constraints")
struct ConstraintTests {
    private func definition(
        _ constraints: [Constraint], kind: Hyperband.Kind = .stopping,
        ranking: RankingRule = .standard, trials: Int = 60
    ) throws -> StudyDefinition {
        try StudyDefinition(
            name: "constraints", seed: 3, space: lineSpace(),
            objectives: [Objective("error", .minimize), Objective("time", .minimize)],
            hyperband: Hyperband(maxResource: 9, kind: kind), ranking: ranking,
            constraints: constraints, trialLimit: trials, slots: 4)
    }

    private func sizes() throws -> [Constraint] {
        [try Constraint("size", maximum: 10), try Constraint("recall", minimum: 0.8)]
    }

    private static func metrics(_ x: Double, _ epoch: Int) -> [Name: Double] {
        [
            "error": x + 1 / Double(epoch), "time": 1 - x, "size": 40 * x,
            "recall": x < 0.1 ? 0.5 : 0.9,
        ]
    }

    private func run(_ definition: StudyDefinition) throws -> (StudyState, RecordingJournal) {
        let journal = RecordingJournal()
        var simulation = try Simulation(
            definition,
            runner: FunctionRunner(timeAttribute: "epoch") { configuration, epoch in
                Self.metrics(configuration["x"]?.number?.double ?? 0, epoch)
            }, journal: journal)
        return (try simulation.run(), journal)
    }

    @Test("a violation is how far a value is beyond its bound")
    func violations() throws {
        let constraint = try Constraint("m", minimum: 1, maximum: 3)
        #expect([0, 1, 2, 3, 5].map { constraint.violation(of: $0) } == [1, 0, 0, 0, 2])
        #expect(constraint.violation(of: .nan).isNaN && constraint.violation(of: -.infinity).isNaN)
        let far = try Constraint("m", maximum: -.greatestFiniteMagnitude)
        #expect(far.violation(of: .greatestFiniteMagnitude) == .greatestFiniteMagnitude)
    }

    @Test("wrong constraints are named")
    func wrongConstraints() throws {
        func message(_ make: () throws -> Constraint) -> String {
            do { return "no error: \(try make())" } catch { return "\(error)" }
        }
        #expect(
            message { try Constraint("m") } == "constraints.m: expected min or max, got neither")
        #expect(
            message { try Constraint("m", maximum: .nan) }
                == "constraints.m.max: expected a finite number, got nan")
        #expect(
            message { try Constraint("m", minimum: 3, maximum: 2) }
                == "constraints.m: expected min of at most max, got 3.0 and 2.0")
        let twice = [try Constraint("m", maximum: 1), try Constraint("m", minimum: 1)]
        #expect(throws: SettingError.self) { try definition(twice) }
        let time = [try Constraint("epoch", maximum: 1)]
        #expect(throws: SettingError.self) { try definition(time) }
    }

    @Test(
        "front, best, knee and hypervolume are those of the feasible reports alone",
        arguments: [Hyperband.Kind.stopping, .promotion])
    func feasibleOnly(kind: Hyperband.Kind) throws {
        let (study, journal) = try run(definition(sizes(), kind: kind))
        let reports = study.trials.flatMap(\.reports)
        let feasible = reports.filter { study.isFeasible($0) }
        #expect(study.infeasibleReportCount == reports.count - feasible.count)
        #expect(!feasible.isEmpty && study.infeasibleReportCount > 0)
        let objectives = study.definition.objectives
        let values = feasible.map { study.values(of: $0) }
        let front = Pareto.front(values, objectives: objectives)
        #expect(study.front().map(\.values) == front.map { values[$0] })
        #expect(study.best(in: "time")?.values[1] == values.map { $0[1] }.min())
        let best = front.map { values[$0] }
        #expect(
            study.knee()?.values == Pareto.knee(best, objectives: objectives).map { best[$0] })
        let reference = Pareto.defaultReference(values, objectives: objectives)
        #expect(study.defaultReference == reference)
        #expect(
            try study.hypervolume() == Pareto.hypervolume(values, objectives: objectives))
        #expect(
            study.front(per: .trial).allSatisfy { point in
                study.isFeasible(study.trials[point.trial - 1].reports[point.index])
            })
        #expect(try Replay(journal.events).disagreements == [])
        let read = try journal.events.map { try EventLine.event(EventLine($0).text) }
        #expect(read == journal.events)
    }

    @Test(
        "a constraint's metric that is not finite makes a report invalid, a missing one is an error"
    )
    func wrongMetrics() throws {
        var conductor = try Conductor(definition(sizes()), journal: RecordingJournal())
        _ = try conductor.start()
        var fields: [Name: Value] = ["epoch": 1, "error": 1, "time": 1, "size": 3]
        #expect {
            try conductor.report(trial: 1, fields: fields)
        } throws: { "\($0)" == "recall: expected a number, got nothing (trial 1)" }
        fields["recall"] = .real(.nan)
        _ = try conductor.report(trial: 1, fields: fields)
        #expect(conductor.state.invalidReportCount == 1)
        #expect(conductor.state.trials[0].state == .stopped && conductor.state.frontCount == 0)
    }

    @Test(
        "feasible before infeasible, those by the sum of relative violations, invalid last",
        arguments: [RankingRule.standard, .nondominated, .hypervolume, .parEGO(count: 9, rho: 0.1)])
    func ranks(rule: RankingRule) throws {
        for number in 0..<10 {
            var random = TestRandom("constrained", number)
            var ranking = try definition(sizes(), ranking: rule).makeRungRanking()
            var points: [[Double]] = []
            for step in 0..<90 {
                let beyond = [random.below(3), random.below(3)].map {
                    number == 0 ? Double($0) * 10 : Double(max(0, $0 - 1)) * random.unit()
                }
                points.append(
                    random.below(9) == 0 ? [.nan, 1, 0, 0] : random.point(objectives: 2) + beyond)
                ranking.record(points[step])
                let opened = random.below(step + 1)
                ranking.setOpen(opened, true)
                guard step % 8 == 1 else { continue }
                expectDefinition(ranking, points, rule)
            }
        }
    }

    private func expectDefinition(
        _ ranking: any RungRanking, _ points: [[Double]], _ rule: RankingRule
    ) {
        let valid = points.indices.filter { points[$0].allSatisfy(\.isFinite) }
        let feasible = valid.filter { points[$0][2] == 0 && points[$0][3] == 0 }
        let own = RankingCases.ranks(
            feasible.map { Array(points[$0].prefix(2)) }, rule, names: ["error", "time"], seed: 3)
        for (point, rank) in zip(feasible, own) { #expect(ranking.rank(of: point) == rank) }
        let infeasible = valid.filter { !feasible.contains($0) }
        let greatest = [2, 3].map { place in valid.map { points[$0][place] }.max() ?? 0 }
        let sums = infeasible.map { point in
            zip(points[point][2...], greatest).reduce(0) { $0 + ($1.1 > 0 ? $1.0 / $1.1 : 0) }
        }
        for (point, sum) in zip(infeasible, sums) {
            let better = sums.count { $0 < sum }
            #expect(ranking.rank(of: point) == feasible.count + better + 1)
        }
        for point in points.indices where !valid.contains(point) {
            #expect(ranking.rank(of: point) == valid.count + 1)
        }
        for point in points.indices {
            let ahead = ranking.ahead(of: point, limit: 5)
            #expect(ahead.count == min(5, ranking.rank(of: point) - 1))
            let ranks = ahead.map { ranking.rank(of: $0) }
            #expect(ranks == ranks.sorted() && ranks.allSatisfy { $0 < ranking.rank(of: point) })
        }
        if let found = ranking.firstOpen(among: points.count) {
            #expect(ranking.firstOpen(among: ranking.rank(of: found) - 1) == nil)
        }
    }

    @Test("explain says what a report breaks")
    func explained() throws {
        var conductor = try Conductor(definition(sizes()), journal: RecordingJournal())
        _ = try conductor.start()
        for (trial, size) in [(1, 5.0), (2, 12.5)] {
            _ = try conductor.report(
                trial: trial,
                fields: [
                    "epoch": 1, "error": .real(size / 100), "time": 1, "size": .real(size),
                    "recall": 0.9,
                ])
        }
        let sentence = try #require(StudyView(conductor.state).sentences(about: 2)?.last)
        #expect(
            sentence.contains("; it is infeasible, behind all that are feasible: size 12.5 is not"))
        let csv = StudyView(conductor.state).csv().split(whereSeparator: \.isNewline)
        #expect(csv[0].contains(",feasible,") && csv[1].contains("true"))
        #expect(StudyView(conductor.state).json().contains("\"feasible\": false"))
    }

    @Test("studies without constraints are written as before")
    func withoutConstraints() throws {
        let (study, journal) = try run(definition([]))
        #expect(!EventLine(journal.events[0]).text.contains("\"constraints\":"))
        #expect(!StudyView(study).csv().contains("feasible"))
        #expect(!StudyView(study).json().contains("feasible"))
    }
}
