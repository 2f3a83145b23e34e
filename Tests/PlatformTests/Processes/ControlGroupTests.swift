import Platform
import Testing

/// How many cores a process may use, from what the kernel's files say.
@Suite struct ControlGroupTests {
    private func quota(_ membership: String, _ files: [String: String]) -> Int? {
        ControlGroup(membership).coreQuota { files[$0] }
    }

    @Test(
        arguments: [
            ("max 100000\n", nil), ("200000 100000\n", 2), ("150000 100000\n", 2),
            ("5000 100000", 1),
            ("", nil), ("x y", nil), ("100000 0", nil),
        ] as [(String, Int?)])
    func versionTwoHasOneFile(_ text: String, _ cores: Int?) {
        #expect(quota("0::/a/b\n", ["/sys/fs/cgroup/a/b/cpu.max": text]) == cores)
    }

    @Test func theTightestQuotaOnTheWayUpCounts() {
        let files = [
            "/sys/fs/cgroup/a/b/cpu.max": "max 100000",
            "/sys/fs/cgroup/a/cpu.max": "300000 100000",
            "/sys/fs/cgroup/cpu.max": "800000 100000",
        ]
        #expect(quota("0::/a/b\n", files) == 3)
        #expect(quota("0::/\n", files) == 8)
        #expect(quota("0::/a/b/c\n", files) == 3)
    }

    @Test func versionOneHasTwoFilesInItsControllersFolder() {
        let membership = "9:name=systemd:/\n4:memory:/m\n3:cpu,cpuacct:/batch/7\n0::/x\n"
        let folder = "/sys/fs/cgroup/cpu/batch/7/cpu.cfs_"
        #expect(
            quota(membership, ["\(folder)quota_us": "400000", "\(folder)period_us": "100000"])
                == 4)
        #expect(
            quota(membership, ["\(folder)quota_us": "-1", "\(folder)period_us": "100000"]) == nil)
        #expect(quota(membership, ["/sys/fs/cgroup/x/cpu.max": "100000 100000"]) == nil)
    }

    @Test(arguments: ["", "nonsense", "0:", "1:cpu", "::::"])
    func whatIsNoMembershipLimitsNothing(_ text: String) {
        #expect(quota(text, [:]) == nil)
    }

    @Test func thereIsAlwaysACore() {
        #expect(availableCores() >= 1)
        #expect(availableCores() <= max(1, sysconf(Int32(_SC_NPROCESSORS_CONF))))
    }
}
