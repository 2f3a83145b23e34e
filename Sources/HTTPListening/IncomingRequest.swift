internal import FlyingFox
internal import Foundation

/// A request that has come, with a body that may still come.
package struct IncomingRequest: Sendable {
    /// All but the body.
    package let head: RequestHead
    private let body: HTTPBodySequence
    private let isRead: @Sendable () -> Void

    /// - Parameter isRead: is called when all of the body has come.
    init(_ request: HTTPRequest, isRead: @escaping @Sendable () -> Void) {
        head = RequestHead(request)
        (body, self.isRead) = (request.bodySequence, isRead)
    }

    /// The body. What is not read would be taken for the next request, so all of it is, and no more than
    /// `limit` is kept.
    ///
    /// - Throws: `RequestRefusal` where it is larger; what ends the connection.
    package func body(atMost limit: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        var isTooLarge = body.count ?? 0 > limit
        for try await part in body {
            isTooLarge = isTooLarge || bytes.count + part.count > limit
            if !isTooLarge { bytes += part }
        }
        isRead()
        if isTooLarge {
            throw RequestRefusal(413, "body: expected at most \(limit) bytes, got more")
        }
        return bytes
    }

    /// Reads the body of a request that is refused.
    ///
    /// - Throws: what ends the connection.
    package func dropBody() async throws {
        for try await _ in body {}
        isRead()
    }
}

extension RequestHead {
    fileprivate init(_ request: HTTPRequest) {
        self.init(
            method: request.method.rawValue,
            // FlyingFox's `path` has no slash at its end.
            path: request.target.path(percentEncoded: false))
        query = request.query.map { ($0.name, $0.value) }
        host = request.headers[.host]
        origin = request.headers[HTTPHeader("Origin")]
        site = request.headers[HTTPHeader("Sec-Fetch-Site")]
        authorization = request.headers[.authorization]
        contentType = request.headers[.contentType]
        cookies = request.headers[.cookie]
    }
}
