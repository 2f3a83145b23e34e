internal import CProcesses
internal import Synchronization

/// A process that ends the groups this one has started, should this one be gone before it could.
///
/// It holds a pipe whose other end this process has. However this process ends, also by SIGKILL, the
/// pipe does: the watchdog then sends each group SIGTERM and SIGCONT, and SIGKILL after the group's own
/// time. A new child tells it of its group before it becomes the program, so that no moment is left in
/// which a kill would leave an orphan behind. It is a shell, of which every system has one: a copy of
/// this process would hold on to its memory.
package final class Watchdog: Sendable {
    /// The watchdog of this process.
    package static let shared = Watchdog()

    private struct State {
        var writer: Int32 = -1
        /// Ticks by group.
        var groups: [pid_t: Int32] = [:]
        var folder: String?
    }
    private let state = Mutex(State())

    /// Ticks of the watchdog in one second.
    private static let ticks = 20.0

    /// Runs `start`, which starts a process with the writing end of the watchdog's pipe.
    ///
    /// - Returns: the new group, which the watchdog knows of.
    /// - Throws: `FileError` where there is no watchdog; what `start` throws.
    func watching(
        killAfter: Double, _ start: (_ writer: Int32, _ ticks: Int32) throws -> pid_t
    ) throws -> pid_t {
        try state.withLock { state in
            if state.writer < 0 { try Self.begin(&state) { [self] in restart() } }
            let ticks = Int32(max(0, min(killAfter * Self.ticks, 1e8)).rounded(.up))
            let group = try start(state.writer, ticks)
            state.groups[group] = ticks
            return group
        }
    }

    /// Has the watchdog forget a group that is gone.
    func forget(_ group: pid_t) {
        state.withLock { state in
            guard state.groups.removeValue(forKey: group) != nil, state.writer >= 0 else { return }
            Self.send("- \(group)", to: state.writer)
        }
    }

    /// Has the watchdog remove a folder of this process that is empty but for a socket.
    package func removes(_ folder: String) throws {
        try state.withLock { state in
            if state.writer < 0 { try Self.begin(&state) { [self] in restart() } }
            state.folder = folder
            Self.send("d \(folder)", to: state.writer)
        }
    }

    /// Starts another where the watchdog was killed.
    private func restart() {
        state.withLock { state in
            close(state.writer)
            state.writer = -1
            guard !state.groups.isEmpty || state.folder != nil else { return }
            guard (try? Self.begin(&state) { [self] in restart() }) != nil else { return }
            for (group, ticks) in state.groups {
                Self.send("+ \(group) \(ticks)", to: state.writer)
            }
            if let folder = state.folder { Self.send("d \(folder)", to: state.writer) }
        }
    }

    private static func begin(_ state: inout State, ended: @escaping @Sendable () -> Void) throws {
        var ends: [Int32] = [-1, -1]
        guard cp_pipe(&ends) == 0 else { throw FileError.last }
        let null = open("/dev/null", O_RDWR | O_CLOEXEC)
        defer {
            close(ends[0])
            close(null)
        }
        var program = ProgramStart(
            paths: ["/bin/sh"], arguments: ["mohpo-watchdog", "-c", script],
            environment: ["PATH=/usr/bin:/bin"])
        (program.input, program.output, program.errors) = (ends[0], null, null)
        program.leadsSession = true
        do {
            let process = try program.start()
            Poller.shared.perform {
                ProcessEnd.await(process) { _ in ended() }
            }
        } catch {
            close(ends[1])
            throw error
        }
        state.writer = ends[1]
    }

    /// A line of less than a pipe takes at once. A broken pipe is told by the watchdog's end.
    private static func send(_ line: String, to writer: Int32) {
        BrokenPipe.ignoring {
            var bytes = Array("\(line)\n".utf8)
            _ = write(writer, &bytes, bytes.count)
        }
    }

    private static let script = #"""
        trap '' HUP INT TERM
        groups=
        while read -r what rest; do
          group=${rest%% *}
          case $what in
          +) groups="$groups $group:${rest#* }" ;;
          -) kept=
             for one in $groups; do
               [ "${one%:*}" = "$group" ] || kept="$kept $one"
             done
             groups=$kept ;;
          d) folder=$rest ;;
          esac
        done
        [ -z "$folder" ] || { rm -f -- "$folder/socket"; rmdir -- "$folder"; }
        for one in $groups; do
          kill -s TERM -- "-${one%:*}"
          kill -s CONT -- "-${one%:*}"
        done
        tick=0
        while [ -n "$groups" ]; do
          kept=
          for one in $groups; do
            kill -s 0 -- "-${one%:*}" || continue
            if [ "$tick" -lt "${one#*:}" ]; then
              kept="$kept $one"
            else
              kill -s KILL -- "-${one%:*}"
            fi
          done
          groups=$kept
          [ -z "$groups" ] || sleep 0.05
          tick=$((tick + 1))
        done
        """#
}
