internal import Engine
internal import LuaBridge
internal import Platform

/// Reads what a report keeps, for `point.kept`.
enum KeptReader {
    /// A function of a trial and a resource, for the metatable of a study's points.
    ///
    /// Holds nothing of the study but what finds the bytes: a metatable that held the study would keep
    /// it for ever.
    static func function(_ find: @escaping StudyObject.FindArtifact) -> ModuleFunction {
        ModuleFunction("kept", taking: ["trial", "resource"]) { call in
            let key = Artifact.Key(trial: try call.integer(1), resource: try call.resource(2))
            let artifact: Artifact?
            do { artifact = try find(key) } catch let error as LuaError { throw error } catch {
                throw LuaError("kept: \(error)")
            }
            guard let artifact else { return try call.return(LuaTree.nil) }
            let charge = try MemoryCharge.of(
                2 * artifact.content.count, purpose: "what a report keeps")
            defer { withExtendedLifetime(charge) {} }
            return try call.return(
                CheckpointContent(bytes: artifact.content).tree(in: call.state))
        }
    }
}
