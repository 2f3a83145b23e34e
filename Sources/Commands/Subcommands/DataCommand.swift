internal import ArgumentParser
internal import DataSets
internal import Platform
internal import Synchronization

struct DataCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "data", abstract: "Fetch and list data sets.",
        subcommands: [Fetch.self, List.self])

    struct Fetch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fetch", abstract: "Fetch a data set into the cache and verify it.")

        @Argument(help: "The data set: \(DataSet.catalogue.map(\.name).joined(separator: ", ")).")
        var name: String

        func run() async throws {
            let signal = Mutex(SIGINT)
            do {
                let note: @Sendable (Int32) -> Void = { number in signal.withLock { $0 = number } }
                _ = try await cancelling(received: note) { [name] in
                    try await DataSetCache.standard().fetch(name) { standardError("\($0)") }
                }
            } catch is CancellationError {
                let isTerminated = signal.withLock { $0 } == SIGTERM
                quit(isTerminated ? ExitStatus.terminated : ExitStatus.interrupted)
            } catch let error as DataSetError {
                standardError("mohpo-lua: \(error)")
                quit(ExitStatus.failed)
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the data sets.")

        func run() async throws {
            orFail { try printList() }
        }

        private func printList() throws {
            for set in DataSetCache.standard().list() {
                let place =
                    set.isPresent ? set.directory : "not here: mohpo-lua data fetch \(set.name)"
                try Terminal.printResult("\(set.name)\t\(set.summary)\t\(place)\n")
            }
        }
    }
}
