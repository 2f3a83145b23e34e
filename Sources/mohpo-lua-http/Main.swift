internal import Commands

/// The same program with a library for HTTP, to which `mohpo-lua` hands over what serves a page or
/// clients.
@main
struct Main {
    static func main() async { await CommandLineProgram.run(http: FlyingFoxServices()) }
}
