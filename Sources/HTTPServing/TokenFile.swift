internal import Platform
internal import Running

/// The file with the token that clients need, which only this user can read.
struct TokenFile {
    let token: String
    private let path: String
    private let isOwn: Bool

    /// Reads the token of a file, or makes one where there is no file.
    ///
    /// - Throws: `AskDoorError`.
    init(_ path: String) throws {
        self.path = path
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0, errno == ENOENT {
            token = AccessToken.make()
            isOwn = true
            try Self.make(path, token)
            return
        }
        guard descriptor >= 0 else { throw Self.error(path, "\(FileError.last)") }
        defer { close(descriptor) }
        token = try Self.read(descriptor, path)
        isOwn = false
    }

    private static func read(_ descriptor: Int32, _ path: String) throws -> String {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw error(path, "expected a file")
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            throw error(path, "expected mode 0600, got 0\(mode); chmod 600 it")
        }
        var bytes = [UInt8](repeating: 0, count: longest + 1)
        let count = Platform.read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
        let words = text.split(whereSeparator: \.isWhitespace)
        guard count <= longest, words.count == 1, words[0].utf8.count >= shortest,
            words[0].unicodeScalars.allSatisfy({ $0.isASCII && $0.value > 0x20 && $0.value < 0x7f })
        else {
            throw error(
                path, "expected a token of \(shortest) to \(longest) characters on one line")
        }
        return String(words[0])
    }

    /// Bytes of a token.
    private static let (shortest, longest) = (16, 4096)

    private static func make(_ path: String, _ token: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw error(path, "\(FileError.last)") }
        defer { close(descriptor) }
        let bytes = Array("\(token)\n".utf8)
        guard fchmod(descriptor, 0o600) == 0, write(descriptor, bytes, bytes.count) == bytes.count
        else {
            let failure = FileError.last
            unlink(path)
            throw error(path, "\(failure)")
        }
    }

    private static func error(_ path: String, _ text: String) -> AskDoorError {
        AskDoorError("--token-file \(path): \(text)")
    }

    /// Removes the file where this server has made it.
    func remove() { if isOwn { unlink(path) } }
}
