extension Tools {
    /// The SHA-256 of files, in the order of `paths`, as lower-case hexadecimal digits.
    func sha256(of paths: [String]) async throws -> [String] {
        let output: String
        do {
            output = try await run("sha256sum", ["--"] + paths)
        } catch let failure as ToolFailure where failure.isMissing {
            output = try await run("shasum", ["-a", "256", "--"] + paths)
        }
        // A backslash in front says that the name in the line had to be escaped.
        return output.split(whereSeparator: \.isNewline).map { line in
            String(line.drop(while: { $0 == "\\" }).prefix(64))
        }
    }

    /// Those of a data set's files that are not, whole and right, in a folder, each with what is
    /// wrong with it.
    func faults(of dataSet: DataSet, in folder: String) async throws -> [Fault] {
        var faults: [Fault] = []
        var candidates: [DataFile] = []
        for file in dataSet.files {
            switch byteCount(ofFileAt: "\(folder)/\(file.name)") {
            case nil: faults.append(Fault(file: file, reason: "\(file.name) is not there"))
            case file.byteCount: candidates.append(file)
            case let size?:
                let reason = "\(file.name) has \(size) bytes instead of \(file.byteCount)"
                faults.append(Fault(file: file, reason: reason))
            }
        }
        guard !candidates.isEmpty else { return faults }
        let sums = try await sha256(of: candidates.map { "\(folder)/\($0.name)" })
        for (file, sum) in zip(candidates, sums) where sum != file.sha256 {
            faults.append(Fault(file: file, reason: "\(file.name) has a wrong SHA-256"))
        }
        return faults
    }
}

/// A file that is missing or not what it should be.
struct Fault: Equatable {
    let file: DataFile
    let reason: String
}
