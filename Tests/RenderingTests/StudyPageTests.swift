import Foundation
import Rendering
import Testing

/// That the page works in a browser is tested in `CommandTests`.
@Suite struct StudyPageTests {
    private let hostile = "</script><script>window.pwned = 1</script>"

    private func page(_ source: StudyPage.Source) -> String {
        StudyPage(title: hostile, source: source, plain: "<p>plain</p>").html
    }

    @Test func itHoldsItsStyleItsScriptAndD3() {
        let text = page(.document(.null))
        #expect(StudyPage.hasCharts)
        #expect(text.contains("https://d3js.org v5.16.0"))
        #expect(text.contains("<noscript><p>plain</p></noscript>"))
        #expect(text.hasPrefix("<!DOCTYPE html>") && text.hasSuffix("</html>\n"))
    }

    @Test func nothingInAStudyEndsAScript() {
        let text = page(.document(.object([.init(hostile, .string(hostile + "<!--"))])))
        #expect(!text.contains(hostile))
        #expect(text.ranges(of: "</script>").count == 3)
        #expect(text.ranges(of: "<script").count == 3)
    }

    @Test func aFileMayConnectToNothingAndAServedPageToItsServer() {
        #expect(page(.document(.null)).contains("connect-src 'none'"))
        let served = page(.server)
        #expect(served.contains("connect-src 'self'") && served.contains("default-src 'none'"))
        #expect(!served.contains("id=\"data\""))
    }
}
