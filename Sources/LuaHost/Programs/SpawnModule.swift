internal import LuaBridge
internal import Platform

/// `ag.spawn { … }`: a program that a script starts and talks to.
struct SpawnModule {
    let operations: NativeOperations

    private static let owner = "ag.spawn"

    func define(in lua: LuaState) throws {
        let nextLine = try lua.function("lines") { call in
            try readLine(call.object(1), call, keepsEnd: false)
        }
        try lua.defineStrictly(SpawnedProcess.self, name: "Process") { type in
            type.property("pid") { .integer(Int($0.group.identifier)) }
            type.method("lines", taking: []) { _, call in
                try call.return(all: [nextLine.luaTree, call[1].luaTree])
            }
            type.method("read", taking: ["format"], read)
            type.method("write", taking: .any, write)
            type.method("close_stdin", taking: []) { process, call in
                process.endInput()
                return try call.return()
            }
            type.method("kill", taking: ["signal"], kill)
            type.method("wait", taking: []) { process, call in
                try operations.wait(call, for: process.signal, process.end) { call, end in
                    switch end {
                    case .exited(let code): return try call.return(Int(code))
                    case .killed(let number):
                        let name = SignalName.text(of: number)
                        return try call.return(
                            all: [
                                .nil,
                                .text(name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name),
                            ])
                    }
                }
            }
            type.metamethod("__close") { process, call in
                process.shutDown()
                return try call.return()
            }
            type.metamethod("__tostring") { process, call in
                let state = process.group.end.map { "\($0)" } ?? "running"
                return try call.return(
                    "Process \(process.group.identifier) (\(process.name)): \(state)")
            }
        }
    }

    /// `ag.spawn { "python3", "train.py", env = {}, cwd = "", stdin = "pipe" }`
    func spawn(_ call: LuaCall) throws -> LuaAnswer {
        let fields = try ProgramFields(call[1], owner: Self.owner, for: SpawnOptions.self)
        var command = ProcessCommand(try fields.words())
        command.environment = try fields.environment()
        let options: SpawnOptions = try fields.read()
        command.folder = options.folder.flatMap { $0.isEmpty ? nil : $0 }
        command.killAfter = options.killAfter
        command.input = options.input == .pipe ? .pipe : .null
        command.errors = options.errors == .null ? .null : .inherited
        do {
            let process = try SpawnedProcess(command)
            operations.started(process.group)
            return try call.return(object: process)
        } catch let error as ProcessError {
            throw LuaError("\(Self.owner): \(error)")
        } catch let error as FileError {
            throw LuaError("\(Self.owner): \(command.arguments[0]): \(error)")
        }
    }

    // MARK: - Methods

    /// `process:read("l" | "L" | "a" | n)`, as a file's: a line without its end by default.
    private func read(_ process: SpawnedProcess, _ call: LuaCall) throws -> LuaAnswer {
        switch try call[2] {
        case .nil: return try readLine(process, call, keepsEnd: false)
        case .integer(let count) where count >= 0:
            return try read(process, call, amount: .bytes(count)) { bytes in
                bytes.isEmpty && count > 0 ? nil : bytes
            }
        case .string(let format):
            switch format.text?.drop(while: { $0 == "*" }) {
            case "l": return try readLine(process, call, keepsEnd: false)
            case "L": return try readLine(process, call, keepsEnd: true)
            case "a": return try read(process, call, amount: .all) { $0 }
            default: break
            }
        default: break
        }
        throw LuaError(
            "read: expected \"l\", \"L\", \"a\" or a number of bytes, got \(try call[2].shown)")
    }

    private func readLine(
        _ process: SpawnedProcess, _ call: LuaCall, keepsEnd: Bool
    ) throws -> LuaAnswer {
        try read(process, call, amount: .line(keepsEnd: keepsEnd)) { bytes in
            guard !bytes.isEmpty else { return nil }
            return bytes.last == UInt8(ascii: "\n") && !keepsEnd ? bytes.dropLast() : bytes
        }
    }

    /// - Parameter result: what the script gets of the bytes; nil at the end.
    private func read(
        _ process: SpawnedProcess, _ call: LuaCall, amount: SpawnedOutput.Amount,
        result: @escaping (ArraySlice<UInt8>) -> ArraySlice<UInt8>?
    ) throws -> LuaAnswer {
        let attempt = { try process.read(amount) }
        return try operations.wait(call, for: process.signal, attempt) {
            try $0.return(result($1).map { LuaString(bytes: Array($0)) })
        }
    }

    /// `process:write(…)`: the process; nil and why where the program reads no more.
    private func write(_ process: SpawnedProcess, _ call: LuaCall) throws -> LuaAnswer {
        guard process.takesInput else {
            throw LuaError("write: its standard input is no pipe (stdin = \"pipe\") or was closed")
        }
        let values = try call.values(from: 2).enumerated()
        let bytes = try values.reduce(into: [UInt8]()) { bytes, element in
            if case .string(let string) = element.1 {
                bytes += string.bytes
            } else {
                bytes += try ProgramFields.text(element.1, "write: argument \(element.0 + 1)").utf8
            }
        }
        process.write(bytes)
        let isWritten = { () -> Bool?? in
            switch process.hasWritten {
            case true?: .some(true)
            case false?: nil
            case nil: .some(nil)
            }
        }
        return try operations.wait(call, for: process.signal, isWritten) { call, isWritten in
            guard isWritten == true else {
                return try call.return(all: [.nil, .text("\(process.name) reads no more")])
            }
            return try call.return(call[1])
        }
    }

    /// `process:kill("TERM")`: whether there is something to send the signal to.
    private func kill(_ process: SpawnedProcess, _ call: LuaCall) throws -> LuaAnswer {
        let name = call.isNil(2) ? "TERM" : try call.text(2)
        guard let number = SignalName.number(of: name) else {
            let near = nearestName(to: name, among: SignalName.all)
            throw LuaError(
                "kill: expected the name of a signal such as \"TERM\", got \"\(name)\""
                    + (near.map { "; did you mean \($0)?" } ?? ""))
        }
        return try call.return(process.group.send(number))
    }
}
