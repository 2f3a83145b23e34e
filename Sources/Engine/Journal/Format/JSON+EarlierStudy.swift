/// What earlier studies found, in the event format.
extension JSON {
    /// An earlier study: an array of trials, each a configuration and its reports; a report is
    /// [resource, cost, cost …].
    init(_ study: EarlierStudy) {
        self = .array(
            study.trials.map { trial in
                .object([
                    "configuration": JSON(trial.configuration),
                    "reports": .array(
                        trial.reports.map { report in
                            .array(
                                [JSON(report.resource)]
                                    + report.costs.map { JSON.real($0) })
                        }),
                ])
            })
    }

    /// - Throws: `FormatError`.
    func earlierStudy() throws -> EarlierStudy {
        guard let trials = asArray else {
            throw FormatError("earlier", expected: "an array of trials", got: self)
        }
        return EarlierStudy(
            trials: try trials.map { trial in
                .init(
                    configuration: try trial.member("configuration").configuration(),
                    reports: try trial.array("reports").map { try $0.earlierReport() })
            })
    }

    private func earlierReport() throws -> EarlierStudy.Report {
        guard let numbers = asArray, let resource = numbers.first?.asResource else {
            throw FormatError("reports", expected: "a resource and costs", got: self)
        }
        return EarlierStudy.Report(
            resource: resource,
            costs: try numbers.dropFirst().map { number in
                guard let cost = number.asReal else {
                    throw FormatError("reports", expected: "numbers", got: number)
                }
                return cost
            })
    }
}
