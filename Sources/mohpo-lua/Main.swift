internal import Commands

/// The program that people start.
@main
struct Main {
    static func main() async { await CommandLineProgram.run(http: nil) }
}
