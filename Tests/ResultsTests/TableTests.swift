import Engine
import Results
import Testing

/// Studies as rows.
@Suite struct TableTests {
    private func view(_ definition: StudyDefinition, _ events: [Event]) throws -> StudyView {
        StudyView(try StudyState(events: [.created(definition)] + events))
    }

    private func header(_ csv: String) -> [String] {
        csv.split(separator: "\r\n")[0].split(separator: ",").map(String.init)
    }

    @Test func everyColumnHasANameOfItsOwn() throws {
        let definition = try SampleStudy.definition(
            parameters: ["error", "loss", "state", "epoch", "trial", "args.loss", "x"])
        let values = Dictionary(
            uniqueKeysWithValues: definition.space.parameterPaths.map { ($0, 0.5) })
        let study = try view(
            definition,
            [
                SampleStudy.start(1, values),
                SampleStudy.report(1, at: 1, ["error": 1, "size": 2, "loss": 3, "on_front": 4]),
            ])
        #expect(
            header(study.csv()) == [
                "trial", "epoch", "error", "size", "loss", "metric.on_front", "on_front", "state",
                "args.error", "args.loss", "args.state", "args.epoch", "args.trial",
                "args.args.loss", "x",
            ])
        #expect(
            header(study.frontCSV()) == [
                "trial", "epoch", "error", "size", "args.error", "loss", "state", "args.epoch",
                "args.trial", "args.loss", "x",
            ])
        let table = study.trialTable().split(separator: "\n")[0].split(separator: " ")
        #expect(Set(table).count == table.count)
        #expect(study.page.contains("args.error"))
    }

    /// The column of the messages is the one that gives way.
    @Test func anObjectiveKeepsItsNameBesideTheErrors() throws {
        let study = try view(
            SampleStudy.definition(),
            [
                SampleStudy.start(1, ["x": 0.5]),
                .ended(.init(trial: 1, outcome: .failed("broken"), time: 0)),
            ])
        let header = study.trialTable().split(separator: "\n")[0].split(separator: " ")
        #expect(
            header == ["trial", "state", "epoch", "reports", "error", "size", "x", "trial.error"])
    }

    /// One style: what programs write, with as many digits as readers want.
    @Test func numbersLookTheSameEverywhere() throws {
        let study = StudyView(try StudyState(events: SampleStudy.events()))
        let outputs = [
            study.description, study.trialTable(), study.frontTable(), study.csv(),
            study.frontCSV(), study.json(), study.exported(as: .json),
            study.exported(as: .optuna), study.explanation(of: 1) ?? "", study.svg, study.page,
        ]
        for output in outputs {
            #expect(output.contains("1e-05"), "\(output)")
            #expect(!output.contains("1e-5"), "\(output)")
        }
        #expect(study.page.contains("2e-07") && study.csv().contains("2e-07"))
    }
}
