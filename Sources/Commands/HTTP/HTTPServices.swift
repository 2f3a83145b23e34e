package import Running

/// What commands do over HTTP.
///
/// Loading a library for HTTP, with all that it needs, takes as long as the rest of a start. So only
/// the program `mohpo-lua-http` has one; `mohpo-lua` hands commands that need it over to that program.
package protocol HTTPServices: Sendable {
    /// Where clients that ask and tell come in.
    ///
    /// - Parameters:
    ///   - address: an IPv4 or IPv6 address, or `localhost`.
    ///   - port: 0 for one that is free.
    ///   - tokenFile: the file with the token that clients need; it is made where it is not there.
    func door(address: String, port: UInt16, tokenFile: String) -> any AskDoor

    /// Serves the page of a study, or of all studies, until the program is ended.
    ///
    /// - Throws: what is wrong with the address or the port.
    func watch(_ request: WatchRequest) async throws
}

/// The page that `watch` is to serve.
package struct WatchRequest: Sendable {
    /// What the page is of.
    package enum Subject: Sendable {
        /// A study, by its file or its address.
        case study(String)
        /// All studies of a folder or a database.
        case studies(String)
        /// Those whose paths come on standard input, one a line, with whose end the program ends.
        case studiesOfARun
    }

    /// What it is of.
    package let subject: Subject
    /// The page's title.
    package let title: String
    /// An IPv4 or IPv6 address, or `localhost`.
    package let address: String
    /// 0 for one that is free; nil for the usual one, or one that is free where another program has
    /// that.
    package let port: UInt16?
}
