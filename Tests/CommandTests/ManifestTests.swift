import Foundation
import Subprocess
import Testing

/// The manifest of `docs/scale-out.md`, as far as a program can check it that knows no cluster.
@Suite struct ManifestTests {
    private static let check = """
        import sys, yaml
        job = yaml.safe_load(sys.stdin)
        assert (job["apiVersion"], job["kind"]) == ("batch/v1", "Job"), job
        pod = job["spec"]["template"]["spec"]
        assert pod["restartPolicy"] in ("OnFailure", "Never"), pod
        names = {volume["name"] for volume in pod["volumes"]}
        for container in pod["containers"]:
            assert container["args"][0] == "--study", container
            assert {mount["name"] for mount in container["volumeMounts"]} == names, names
        print("right")
        """

    private static let hasYAML: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", "import yaml"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    @Test(.enabled(if: ManifestTests.hasYAML)) func kubernetes() async throws {
        let docs = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../docs/scale-out.md")
        let text = try String(contentsOf: docs, encoding: .utf8)
        let manifest = try #require(text.components(separatedBy: "```yaml\n").dropFirst().first)
            .components(separatedBy: "```")[0]
        let check = try await Command.run(
            ["python3", "-c", Self.check], of: "/usr/bin/env", in: Folder(), input: manifest)
        #expect(check.output == "right\n", "\(check.errors)")
    }
}
