/// What `ag.experiment` gives the script.
final class ExperimentObject {
    let declaration: ExperimentDeclaration
    var wasRun = false
    init(_ declaration: ExperimentDeclaration) { self.declaration = declaration }
}
