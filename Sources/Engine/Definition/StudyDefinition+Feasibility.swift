extension StudyDefinition {
    /// Whether every objective of a report is a finite number and every constraint is kept.
    package func isFeasible(_ metrics: Metrics) -> Bool {
        objectives.allSatisfy { metrics[Name($0.name)]?.double.isFinite == true }
            && constraints.allSatisfy {
                $0.violation(of: metrics[Name($0.metric)]?.double ?? .nan) == 0
            }
    }
}
