internal import HTTPListening
internal import Platform
package import Running
internal import Synchronization

/// Clients that ask and tell over HTTP: `POST /v1/ask`, `GET /v1/front` and so on, each with the JSON
/// object that is a line on a socket.
package final class HTTPDoor: AskDoor {
    private let address: String
    private let port: UInt16
    private let tokenFile: String
    private let opened = Mutex<Opened?>(nil)

    private struct Opened {
        let token: TokenFile
        let task: Task<Void, Never>
    }

    /// A door that is closed.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: 0 for one that is free.
    ///   - tokenFile: the file with the token that clients need; it is made where it is not there.
    package init(address: String, port: UInt16, tokenFile: String) {
        (self.address, self.port, self.tokenFile) = (address, port, tokenFile)
    }

    /// Listens, and has the server answer what comes.
    ///
    /// - Returns: the address, and where the token is.
    /// - Throws: `AskDoorError` for an address, a port or a token's file that cannot be used.
    package func open(to server: AskServer) throws -> String {
        let token = try TokenFile(tokenFile)
        do {
            let place = try ListeningAddress(address)
            let rule = RequestRule(address: address, token: token.token)
            let (port, task) = try Self.listen(
                Listener(place, answering: RequestHandler(rule: rule, server: server)), at: port)
            opened.withLock { $0 = Opened(token: token, task: task) }
            return "serving \(place.link(port: port)), the token is in \(tokenFile)"
        } catch {
            token.remove()
            throw AskDoorError("\(error)")
        }
    }

    /// Waits until a server listens.
    ///
    /// - Returns: the port, and what it serves in.
    /// - Throws: `ListeningFailure`.
    private static func listen(
        _ listener: Listener, at port: UInt16
    ) throws -> (port: UInt16, task: Task<Void, Never>) {
        let outcome = Monitor<Result<UInt16, any Error>?>(nil)
        let task = Task.detached {
            do {
                try await listener.run(at: port) { found in outcome.change { $0 = .success(found) }
                }
            } catch {
                outcome.change { if $0 == nil { $0 = .failure(error) } }
            }
        }
        return (try outcome.wait { $0 }?.get() ?? port, task)
    }

    /// Listens no more, and removes the token's file where it was made here.
    package func close() {
        guard let opened = opened.withLock({ $0.take() }) else { return }
        opened.task.cancel()
        opened.token.remove()
    }
}
