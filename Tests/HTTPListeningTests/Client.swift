import Foundation

/// A connection to a server of this machine.
final class Client: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: Int32

    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        // A test that waits for what does not come fails.
        var limit = timeval(tv_sec: 120, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure(description: "connect: \(errno)") }
    }

    deinit { close(descriptor) }

    /// Sends all; false where the server has ended the connection.
    private func trySend(_ text: String) throws -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress!, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EPIPE || errno == ECONNRESET { return false }
            guard count > 0 else { throw Failure(description: "send: \(errno)") }
            rest = rest.dropFirst(count)
        }
        return true
    }

    func send(_ text: String) throws {
        guard try trySend(text) else { throw Failure(description: "the connection was ended") }
    }

    /// Sends a request, and gives what is answered.
    func exchange(_ request: String) throws -> String {
        try send(request)
        var answer = ""
        while true {
            guard let text = try receive() else {
                throw Failure(description: "the connection was ended after \"\(answer)\"")
            }
            answer += text
            guard let end = answer.range(of: "\r\n\r\n") else { continue }
            let length = answer.firstMatch(of: /Content-Length: (\d+)/).flatMap { Int($0.1) } ?? 0
            if answer[end.upperBound...].utf8.count >= length { return answer }
        }
    }

    /// What has come; nil at the end.
    private func receive() throws -> String? {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        if count == 0 || count < 0 && errno == ECONNRESET { return nil }
        guard count > 0 else { throw Failure(description: "recv: \(errno)") }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    /// Whether the server ends the connection without a word.
    func isEnded() throws -> Bool { try receive() == nil }

    /// Sends a text again and again; true when the server has ended the connection.
    func sendUntilEnded(_ text: String) throws -> Bool {
        for _ in 0..<100_000 where try !trySend(text) { return true }
        return false
    }

    /// Sends a text byte by byte, slowly, again and again; true when the server has ended the
    /// connection.
    func trickleUntilEnded(_ text: String) throws -> Bool {
        for _ in 0..<20 {
            for character in text {
                guard try trySend(String(character)) else { return true }
                usleep(50_000)
            }
        }
        return false
    }
}
