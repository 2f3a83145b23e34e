import Foundation
import Running
import Testing

/// Where scripts find the Python package.
@Suite struct PythonPackageTests {
    /// A folder with a package at a path below it.
    private func folder(with path: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString)
        let package = folder.appendingPathComponent(path + "/mohpo")
        try FileManager.default.createDirectory(at: package, withIntermediateDirectories: true)
        try Data().write(to: package.appendingPathComponent("__init__.py"))
        return folder
    }

    @Test(arguments: [
        ("share/mohpo-lua/python", "bin/mohpo-lua"),
        ("python", ".build/debug/mohpo-lua"),
        ("python", ".build/x86_64-unknown-linux-gnu/debug/mohpo-lua"),
    ])
    func itIsBesideTheProgram(package: String, program: String) throws {
        let folder = try folder(with: package)
        defer { try? FileManager.default.removeItem(at: folder) }
        let found = PythonPackage.find(forProgramAt: folder.path + "/" + program)
        #expect(found == folder.path + "/" + package)
    }

    @Test func aProgramAloneHasNone() {
        #expect(PythonPackage.find(forProgramAt: "/nowhere/bin/mohpo-lua") == nil)
    }

    @Test func itComesLast() {
        #expect(PythonPackage.searchPath(adding: "/p", to: nil) == "/p")
        #expect(PythonPackage.searchPath(adding: "/p", to: "") == "/p")
        #expect(PythonPackage.searchPath(adding: "/p", to: "/a:/b") == "/a:/b:/p")
        #expect(PythonPackage.searchPath(adding: nil, to: "/a") == nil)
        #expect(PythonPackage.searchPath(adding: "/p:q", to: "/a") == nil)
    }
}
