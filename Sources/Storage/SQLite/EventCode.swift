internal import Engine

/// What stands for an event's kind in the file. A newer program writes a kind that has no number
/// here as its name.
enum EventCode: Int, CaseIterable {
    case created = 0
    case reported = 1
    case decided = 2
    case started = 3
    case ended = 4
    case promoted = 5
    case retried = 6
    case extended = 7
    case interrupted = 8
    case finished = 9
    case resumed = 10
}
