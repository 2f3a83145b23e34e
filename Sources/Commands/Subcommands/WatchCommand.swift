internal import ArgumentParser
internal import Engine
internal import LuaHost
internal import Platform
internal import PostgresStorage

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract:
            "Serve the page of a study, or of all studies, which follows them while they run.",
        discussion: """
            Prints the page's address. Studies are only read, and never wait. Where a run takes \
            requests, the address holds a key, with which the page can stop trials and add some. On an \
            address other than loopback it holds a token, without which nothing is served. Ctrl-C \
            ends it.
            """)

    /// In place of a study: those whose paths come on standard input, one a line, with whose end it
    /// ends. `run --watch` starts it so.
    static let studiesOfARun = "-"

    @Argument(
        help: """
            The study: a file; a name, which means the newest study of that name in studies; or \
            postgres://HOST/DATABASE#NAME. Of a folder, or of postgres://HOST/DATABASE, all studies \
            are listed, and each has a page.
            """,
        completion: .file(extensions: ["db"]))
    var study = StoredStudy.folder

    @Option(
        help: ArgumentHelp(
            """
            The port; 0 for one that is free. By default 8642, or one that is free where another \
            program has that.
            """, valueName: "n"))
    var port: UInt16?

    @Option(help: ArgumentHelp("The IP address to listen on.", valueName: "address"))
    var address = "127.0.0.1"

    func run() async throws {
        do {
            let services = try HTTPProgram.services()
            try await services.watch(
                WatchRequest(
                    subject: try subject(), title: study, address: address, port: port))
        } catch {
            standardError("mohpo-lua: \(error)")
            quit(ExitStatus.failed)
        }
    }

    private func subject() throws -> WatchRequest.Subject {
        if study == Self.studiesOfARun { return .studiesOfARun }
        if case .server(let address) = StudyLocation(toRead: study) {
            return try ServerAddress(address).study == nil ? .studies(address) : .study(address)
        }
        if study == StoredStudy.folder, !Self.isThere(study) {
            standardError("mohpo-lua: no studies here yet: there is no folder \(study)")
            return .studies(study)
        }
        let (follower, notice) = try KeptFollower.find(study, in: StoredStudy.folder)
        if Self.isFolder(follower.place) { return .studies(follower.place) }
        if let notice { standardError("mohpo-lua: \(notice)") }
        return .study(follower.place)
    }

    private static func isThere(_ path: String) -> Bool { access(path, F_OK) == 0 }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
