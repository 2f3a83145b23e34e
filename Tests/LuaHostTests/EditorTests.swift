import Foundation
import LuaBridge
import LuaHost
import Running
import Testing

/// share/mohpo.d.lua describes the API as it is, neither less nor more.
@Suite struct EditorTests {
    /// A class of the file: its functions, methods and fields.
    private struct Class: Equatable {
        var functions: Set<String> = []
        var methods: Set<String> = []
        var fields: Set<String> = []
    }

    /// Reads `---@class`, `---@field` and `function a.b()` or `function a:b()`, and to which class the
    /// locals in between belong.
    private func described() throws -> [String: Class] {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../share/mohpo.d.lua").standardized
        var classes: [String: Class] = [:]
        var locals: [String: String] = [:]
        var open = ""
        for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") {
            if let match = line.wholeMatch(of: /---@class ([\w.]+)/) {
                open = String(match.1)
                classes[open] = Class()
            } else if let match = line.prefixMatch(of: /---@field (\w+)/) {
                classes[open]?.fields.insert(String(match.1))
            } else if let match = line.wholeMatch(of: /local (\w+) = {}/) {
                locals[String(match.1)] = open
            } else if let match = line.prefixMatch(of: /function (\w+)([.:])(\w+)\(/) {
                let owner = try #require(locals[String(match.1)])
                if match.2 == ":" {
                    classes[owner]?.methods.insert(String(match.3))
                } else {
                    classes[owner]?.functions.insert(String(match.3))
                }
            }
        }
        return classes
    }

    private func withHost(_ body: (LuaState) throws -> Void) throws {
        let host = try ScriptHost(
            settings: RunSettings(), interruption: Interruption(), observer: SilentObserver())
        defer { host.close() }
        try body(host.lua)
    }

    @Test(arguments: ["mohpo", "mohpo.nn", "mohpo.data"])
    func everyFunctionOfAModuleIsDescribed(module: String) throws {
        try withHost { lua in
            let text =
                "local t = {} for k in pairs(require '\(module)') do t[#t + 1] = k end return t"
            guard case .table(let names)? = try lua.run(text: text, name: "=t").first else {
                Issue.record("a module is a table")
                return
            }
            let there = try Set(names.rawPairs().map { lua.describe($0.value) })
            #expect(try described()[module]?.functions == there)
        }
    }

    @Test func everyTypeIsDescribed() throws {
        try withHost { lua in
            let classes = try described()
            for type in lua.definedTypes {
                let expected = Class(
                    methods: Set(type.methods), fields: Set(type.properties))
                #expect(classes[type.name] == expected, "\(type.name)")
            }
            #expect(lua.definedTypes.count >= 8)
        }
    }

    /// Every class with methods is a type there is, so that none outlives what it describes.
    @Test func nothingElseIsDescribed() throws {
        try withHost { lua in
            let there = Set(lua.definedTypes.map(\.name))
            let described = try described().filter { !$0.value.methods.isEmpty }.keys
            #expect(Set(described).isSubset(of: there))
        }
    }

    /// What editors complete is in the reference: each function by its name.
    @Test func theReferenceHasEveryFunction() throws {
        let docs = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../docs").standardized
        let text = try ["api.md", "programs.md"].map {
            try String(contentsOf: docs.appending(path: $0), encoding: .utf8)
        }.joined()
        let words = Set(text.matches(of: /[.:]([A-Za-z_]\w*)/).map { String($0.1) })
        for (type, description) in try described() {
            // A loop calls it, and no script by its name.
            let names = description.functions.union(description.methods).subtracting(["next"])
            #expect(names.subtracting(words).isEmpty, "\(type)")
        }
    }

    /// Every declared setting is a field, and there are no others.
    @Test func theSettingsAreThere() throws {
        let classes = try described()
        for reference in SettingReference.all {
            let fields = classes[reference.annotation]?.fields
            #expect(fields == Set(reference.rows.map { $0[0] }), "\(reference.owner)")
        }
    }

    /// The options of the networks, which are refused by name where there is no such option.
    @Test func theOptionsOfNetworksAreThere() throws {
        try withHost { lua in
            let fields = try #require(try described()["mohpo.MLPOptions"]?.fields)
            for name in fields {
                let text = "return pcall(require 'mohpo.nn'.MLPClassifier, { \(name) = print })"
                let message = lua.describe(try lua.run(text: text, name: "=t")[1])
                #expect(message.contains("expected"), "\(message)")
            }
            #expect(fields.count == 21)
        }
    }
}
