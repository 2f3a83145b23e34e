internal import ArgumentParser

/// The study whose server a command speaks to.
struct ServerArgument: ParsableArguments {
    @Argument(
        help: """
            The study that mohpo-lua serve has open: its file, its name, or the server's socket.
            """,
        completion: .file(extensions: ["db", "socket"]))
    var study: String
}
