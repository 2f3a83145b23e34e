internal import Platform

/// What `ag.experiment` gives the script.
final class ExperimentObject {
    let declaration: ExperimentDeclaration
    var wasRun = false
    private let copies = MemoryCharge.ofCopies
    init(_ declaration: ExperimentDeclaration) { self.declaration = declaration }
}
