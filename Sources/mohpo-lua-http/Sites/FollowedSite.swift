internal import LivePage

/// Pages that follow what they show.
protocol FollowedSite: PageSite {
    /// Publishes what there is, and what is new of it, for as long as the program runs.
    ///
    /// Blocks its thread, which is to be one of its own.
    func follow()
}
