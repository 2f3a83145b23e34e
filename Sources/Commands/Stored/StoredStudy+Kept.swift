internal import Engine
internal import LuaHost
internal import Platform
internal import PostgresStorage
internal import Results
internal import Storage

/// `front --save`: what the front's reports keep, as files.
extension StoredStudy {
    /// Writes `trial-7-epoch-9.model.safetensors` and so on, and says on standard error what was written.
    ///
    /// - Throws: `StudyFailure`, `OutputError`.
    func saveFront(to folder: String) throws {
        let attribute = PathText.fileName(
            view.state.definition.hyperband.timeAttribute, otherwise: "resource")
        var count = 0
        for point in view.front() {
            guard let artifact = try artifact(of: point) else { continue }
            let files: [KeptFiles.File]
            do { files = try KeptFiles.files(of: artifact.content) } catch {
                throw StudyFailure("\(path): what trial \(point.trial) keeps: \(error)")
            }
            let stem = "\(folder)/trial-\(point.trial)-\(attribute)-\(point.resource)"
            do { try Folders.makeAbove(stem) } catch let error as FileError {
                throw StudyFailure("cannot make \(folder): \(error)")
            }
            for file in files {
                try OutputFile.write(file.bytes, to: stem + file.ending)
                count += 1
            }
        }
        standardError(
            count == 0
                ? "mohpo-lua: no report of the front keeps anything: "
                    + "reporter({ … }, { model = mlp }) does"
                : "mohpo-lua: wrote \(count) file\(count == 1 ? "" : "s") into \(folder)")
    }

    private func artifact(of point: Point) throws -> Artifact? {
        let key = Artifact.Key(trial: point.trial, resource: point.resource)
        do { return try KeptStudy.artifact(key, at: path) } catch let error as StorageError {
            throw StudyFailure("\(error)")
        } catch let error as ServerError {
            throw StudyFailure("\(error)")
        }
    }
}
