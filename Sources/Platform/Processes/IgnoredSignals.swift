/// Whether a signal is ignored, as `nohup` and shells have it for what they run in the background.
package func isIgnored(_ number: Int32) -> Bool {
    var handling = sigaction()
    guard sigaction(number, nil, &handling) == 0 else { return false }
    #if canImport(Darwin)
        let handler = handling.__sigaction_u.__sa_handler
    #else
        let handler = handling.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
