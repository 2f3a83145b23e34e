import DataSets
import Foundation
import Testing

/// Each way to fail gives one line that says why and what to do, and leaves nothing behind.
@Suite struct FailedFetchTests {
    @Test func truncatedDownload() async throws {
        let fixture = try Fixture()
        let packed = "\(fixture.root)/mirror/\(fixture.files[0].name).gz"
        let bytes = try fixture.bytes(packed)
        try Data(bytes.prefix(bytes.count / 2)).write(to: URL(filePath: packed))
        let message = try await failure(of: fixture, [fixture.mirror])
        #expect(message.contains("mirror: gzip: "))
        #expect(message.contains("unexpected end of file"))
    }

    @Test func aPageInPlaceOfTheFile() async throws {
        let fixture = try Fixture()
        try Data("<html>please log in</html>".utf8).write(
            to: URL(filePath: "\(fixture.root)/mirror/\(fixture.files[1].name).gz"))
        let message = try await failure(of: fixture, [fixture.mirror])
        #expect(message.contains("not in gzip format"))
    }

    @Test func wrongChecksum() async throws {
        let fixture = try Fixture()
        var bytes = try fixture.originalBytes(fixture.files[3])
        bytes[9] ^= 1
        try fixture.serve(bytes, as: fixture.files[3])
        let message = try await failure(of: fixture, [fixture.mirror])
        #expect(message.contains("mirror: t10k-labels-idx1-ubyte has a wrong SHA-256"))
    }

    @Test func wrongSize() async throws {
        let fixture = try Fixture()
        try fixture.serve([1, 2, 3], as: fixture.files[0])
        let message = try await failure(of: fixture, [fixture.mirror])
        #expect(message.contains("train-images-idx3-ubyte has 3 bytes instead of 3936"))
    }

    @Test func everySourceIsNamedWithItsReason() async throws {
        let fixture = try Fixture()
        let unknownHost = Source.mirror(
            name: "elsewhere", address: "http://127.0.0.1:1/never/")
        let message = try await failure(of: fixture, [fixture.deadMirror, unknownHost])
        #expect(message.hasPrefix("could not fetch tiny (dead: curl: "))
        #expect(message.contains("; elsewhere: curl: "))
        #expect(
            message.hasSuffix(
                "): check the network and try again, or put its four unpacked files into "
                    + fixture.folder))
    }

    @Test func toolNotInstalled() async throws {
        let fixture = try Fixture()
        let message = try await failure(
            of: fixture, [fixture.mirror, fixture.wheel], toolPath: "\(fixture.root)/bin")
        #expect(message.contains("mirror: curl is not installed"))
        #expect(message.contains("python3 is not installed"))
    }

    @Test func pipNotInstalled() async throws {
        let fixture = try Fixture()
        let tools = try fixture.shadowing(
            "python3", with: "echo '/usr/bin/python3: No module named pip' >&2; exit 1")
        let message = try await failure(of: fixture, [fixture.wheel], toolPath: tools)
        #expect(message.contains("pip is not installed (Debian package python3-pip)"))
    }

    /// pip's last words are that there is no such package, also where it reached nothing.
    @Test(arguments: [
        (
            "NewConnectionError('<pip.Connection at 0x7f>: Failed to establish a new connection: "
                + "[Errno -2] Name or service not known')",
            "python3: no connection: Name or service not known"
        ),
        (
            "ProxyError('Cannot connect to proxy.', NewConnectionError('<pip.Connection at 0x7f>: "
                + "Failed to establish a new connection: [Errno 111] Connection refused'))",
            "python3: no connection: Connection refused"
        ),
        (
            "ReadTimeoutError(\"HTTPSConnectionPool(host='pypi.org', port=443): Read timed out. "
                + "(read timeout=15)\")",
            "python3: no connection: Read timed out. (read timeout=15)"
        ),
    ])
    func pipWithoutAConnection(_ cause: String, _ expected: String) async throws {
        let fixture = try Fixture()
        let tools = try fixture.shadowing(
            "python3",
            with: """
                cat >&2 <<'END'
                WARNING: Retrying (Retry(total=0)) after connection broken by '\(cause)': /simple/tiny/
                ERROR: Could not find a version that satisfies the requirement tiny (from versions: none)
                ERROR: No matching distribution found for tiny
                END
                exit 1
                """)
        let message = try await failure(of: fixture, [fixture.wheel], toolPath: tools)
        #expect(message.contains(expected), "\(message)")
    }

    @Test func pickleThatWouldRunAProgram() async throws {
        let fixture = try Fixture()
        let evil = Source.wheel(
            requirement: "\(fixture.root)/tiny-0.1-py3-none-any.whl",
            member: "tiny/data/evil.pkl.gz")
        let message = try await failure(of: fixture, [evil])
        #expect(message.contains("unexpected name in the pickle: os.system"))
        #expect(!FileManager.default.fileExists(atPath: "\(fixture.root)/owned"))
    }

    @Test func wheelWithoutTheMember() async throws {
        let fixture = try Fixture()
        let source = Source.wheel(
            requirement: "\(fixture.root)/tiny-0.1-py3-none-any.whl", member: "tiny/none.gz")
        let message = try await failure(of: fixture, [source])
        #expect(message.contains("could not read tiny/none.gz"))
    }

    @Test func cacheThatCannotBeMade() async throws {
        let fixture = try Fixture()
        try Data().write(to: URL(filePath: fixture.cacheDirectory))
        let error = await #expect(throws: DataSetError.self) {
            try await fixture.cache([fixture.mirror]).fetch("tiny")
        }
        #expect(
            error
                == .unwritable(directory: fixture.folder, reason: "not a directory"))
        #expect(try #require(error).description.hasSuffix("or set XDG_CACHE_HOME"))
    }

    @Test func aFailureKeepsTheFilesThatWereThere() async throws {
        let fixture = try Fixture()
        try await fixture.cache([fixture.mirror]).fetch("tiny")
        try FileManager.default.removeItem(
            atPath: "\(fixture.folder)/\(fixture.files[0].name)")
        await #expect(throws: DataSetError.self) {
            try await fixture.cache([fixture.deadMirror]).fetch("tiny")
        }
        #expect(
            fixture.cacheContents() == fixture.files.dropFirst().map { "tiny/\($0.name)" }.sorted())
    }

    /// The description of the error that a fetch must end with, which must be one line, with the
    /// cache as empty as it was.
    private func failure(
        of fixture: Fixture, _ sources: [Source], toolPath: String? = nil
    ) async throws -> String {
        let error = await #expect(throws: DataSetError.self) {
            try await fixture.cache(sources, toolPath: toolPath).fetch("tiny")
        }
        let message = try #require(error).description
        #expect(!message.contains("\n"))
        #expect(fixture.cacheContents() == [])
        return message
    }
}
