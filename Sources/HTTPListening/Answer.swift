internal import FlyingFox
package import FlyingSocks
internal import Foundation

/// What a request is answered. No answer is kept by a browser, shown in another site's frame, or read as
/// of another type than it has.
package struct Answer: Sendable {
    /// What is sent.
    package enum Body: Sendable {
        case bytes([UInt8])
        /// What comes as long as it comes. No part of it may be empty.
        case stream(any AsyncBufferedSequence<UInt8>)
    }

    /// The status of HTTP.
    package let status: Int
    /// What the body is, as `Content-Type` says it.
    package let type: String
    /// What is sent.
    package let body: Body
    /// Further headers.
    package var headers: [String: String] = [:]

    /// An answer with a body of any type.
    package init(_ status: Int, type: String, body: Body) {
        (self.status, self.type, self.body) = (status, type, body)
    }

    /// A JSON document.
    package static func json(_ status: Int, _ bytes: some Sequence<UInt8>) -> Answer {
        Answer(status, type: "application/json", body: .bytes(Array(bytes)))
    }

    /// A line for a person.
    package static func text(_ status: Int, _ text: String) -> Answer {
        Answer(status, type: "text/plain; charset=utf-8", body: .bytes(Array("\(text)\n".utf8)))
    }

    var response: HTTPResponse {
        var all: [HTTPHeader: String] = [
            .contentType: type, .cacheControl: "no-store",
            HTTPHeader("Referrer-Policy"): "no-referrer",
            HTTPHeader("X-Content-Type-Options"): "nosniff",
            HTTPHeader("X-Frame-Options"): "DENY",
            HTTPHeader("Cross-Origin-Resource-Policy"): "same-origin",
        ]
        for (name, value) in headers { all[HTTPHeader(name)] = value }
        let code = HTTPStatusCode(status, phrase: Self.phrases[status] ?? "Refused")
        return HTTPResponse(statusCode: code, headers: HTTPHeaders(all), body: sequence)
    }

    private var sequence: HTTPBodySequence {
        switch body {
        case .bytes(let bytes): HTTPBodySequence(data: Data(bytes))
        case .stream(let stream): Self.sequence(of: stream)
        }
    }

    private static func sequence(of stream: some AsyncBufferedSequence<UInt8>) -> HTTPBodySequence {
        HTTPBodySequence(from: stream, suggestedBufferSize: 1 << 16)
    }

    private static let phrases = [
        200: "OK", 303: "See Other", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden",
        404: "Not Found", 405: "Method Not Allowed", 413: "Content Too Large",
        415: "Unsupported Media Type", 421: "Misdirected Request", 503: "Service Unavailable",
        504: "Gateway Timeout",
    ]
}
