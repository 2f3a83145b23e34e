internal import CProcesses

/// What a new process is given, in the system's terms.
struct ProgramStart {
    /// The files to try, in order.
    var paths: [String]
    /// The program's arguments, its name first.
    var arguments: [String]
    /// `NAME=value`.
    var environment: [String]
    /// The working directory; nil: that of this process.
    var folder: String?
    /// The descriptors that it gets as 0, 1 and 2.
    var input: Int32 = STDIN_FILENO
    var output: Int32 = STDOUT_FILENO
    var errors: Int32 = STDERR_FILENO
    /// Whether it leads a session of its own.
    var leadsSession = false
    /// The watchdog's pipe and what it hears; nil: it hears nothing.
    var watchdog: (writer: Int32, ticks: Int32)?

    init(paths: [String], arguments: [String], environment: [String]) {
        (self.paths, self.arguments, self.environment) = (paths, arguments, environment)
    }

    /// Starts it as the leader of a process group of its own.
    ///
    /// - Throws: `ProcessError`.
    func start() throws -> pid_t {
        let strings = CStrings([paths, arguments, environment])
        let folder = self.folder.flatMap { strdup($0) }
        defer { free(folder) }
        return try withExtendedLifetime(strings) {
            var program = cp_program()
            program.paths = UnsafePointer(strings.lists[0])
            program.arguments = UnsafePointer(strings.lists[1])
            program.environment = UnsafePointer(strings.lists[2])
            program.folder = folder.map { UnsafePointer($0) }
            (program.input, program.output, program.errors) = (input, output, errors)
            program.leads_session = leadsSession ? 1 : 0
            (program.watchdog, program.ticks) = watchdog ?? (-1, 0)
            var isInFolder: Int32 = 0
            let process = cp_start(&program, &isInFolder)
            guard process > 0 else {
                throw ProcessError(
                    about: isInFolder == 1 ? self.folder ?? "." : arguments[0], number: errno)
            }
            return process
        }
    }
}

/// Lists of C strings that end with a null pointer.
private final class CStrings {
    let lists: [UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>]
    private let counts: [Int]

    init(_ texts: [[String]]) {
        counts = texts.map(\.count)
        lists = texts.map { texts in
            let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(
                capacity: texts.count + 1)
            for (index, text) in texts.enumerated() { list[index] = strdup(text) }
            list[texts.count] = nil
            return list
        }
    }

    deinit {
        for (list, count) in zip(lists, counts) {
            for index in 0..<count { free(list[index]) }
            list.deallocate()
        }
    }
}
