internal import Platform

extension DataSetCache {
    /// Brings a data set into the cache, unless it is there, and verifies each of its files.
    ///
    /// Files that are there and right are kept, others are replaced. A file comes to stand in its
    /// place whole and verified or not at all, however the fetch ends: it is put together in a
    /// folder beside, which is removed again. What a killed process left there goes with the next
    /// fetch. Two processes may fetch at once: one waits for the other.
    ///
    /// - Parameter progress: called with each step, for the user to see.
    /// - Throws: `DataSetError`; `CancellationError` when the task is cancelled.
    @discardableResult
    package func fetch(
        _ name: String, progress: (FetchEvent) -> Void = { _ in }
    ) async throws -> DataSetFiles {
        let dataSet = try dataSet(named: name)
        let folder = directory(of: dataSet)
        do {
            try Folders.make(folder)
        } catch let error as FileError {
            throw DataSetError.unwritable(directory: folder, reason: "\(error)")
        }
        let lock = try await lock(dataSet, progress)
        defer { withExtendedLifetime(lock) {} }
        do {
            try await fetch(dataSet, into: folder, progress)
        } catch let failure as ToolFailure {
            throw DataSetError.unavailable(
                name: name, directory: folder,
                failures: [SourceFailure(source: "checking", reason: failure.reason)])
        }
        return DataSetFiles(of: dataSet, in: folder)
    }

    /// Waits until no other process fetches this data set.
    private func lock(
        _ dataSet: DataSet, _ progress: (FetchEvent) -> Void
    ) async throws -> FileLock {
        let path = "\(directory)/.\(dataSet.name).lock"
        var isWaiting = false
        while true {
            do {
                if let lock = try FileLock(path) { return lock }
            } catch let error as FileError {
                throw DataSetError.unwritable(directory: directory, reason: "\(error)")
            }
            if !isWaiting { progress(.waiting(name: dataSet.name)) }
            isWaiting = true
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func fetch(
        _ dataSet: DataSet, into folder: String, _ progress: (FetchEvent) -> Void
    ) async throws {
        let faults = try await tools.faults(of: dataSet, in: folder)
        if faults.isEmpty {
            return progress(.verified(name: dataSet.name, directory: folder))
        }
        var failures: [SourceFailure] = []
        for source in dataSet.sources where source.isWorthTrying {
            progress(.trying(name: dataSet.name, source: source.name))
            do {
                try await fetch(faults.map(\.file), of: dataSet, from: source, into: folder)
                return progress(
                    .fetched(name: dataSet.name, source: source.name, directory: folder))
            } catch let failure as SourceFailure {
                failures.append(failure)
                progress(.failed(name: dataSet.name, failure))
            }
        }
        throw DataSetError.unavailable(name: dataSet.name, directory: folder, failures: failures)
    }

    /// Puts `files` in place from one source.
    ///
    /// - Throws: `SourceFailure` when another source may do better.
    private func fetch(
        _ files: [DataFile], of dataSet: DataSet, from source: Source, into folder: String
    ) async throws {
        let staging = try Staging(of: dataSet.name, in: directory)
        defer { staging.remove() }
        do {
            try await source.bring(dataSet, into: staging.path, tools)
            let faults = try await tools.faults(of: dataSet, in: staging.path)
            if let fault = faults.first {
                throw SourceFailure(source: source.name, reason: fault.reason)
            }
        } catch let failure as ToolFailure {
            throw SourceFailure(source: source.name, reason: failure.reason)
        }
        for file in files {
            do {
                try AtomicFile.replace(
                    "\(folder)/\(file.name)", with: "\(staging.path)/\(file.name)")
            } catch let error as FileError {
                throw DataSetError.unwritable(directory: folder, reason: "\(error)")
            }
        }
    }
}
