internal import CPage

/// The page that shows a study: one HTML file with its style, its script and d3 in it.
///
/// It asks for nothing from a network; its content security policy forbids it. Without scripts, or
/// where the program was built without d3, it shows `plain`.
package struct StudyPage {
    /// Where the page has the study from.
    package enum Source {
        /// From the page itself.
        case document(JSONValue)
        /// From the server that gave it, under `events`, as far as the study has come.
        case server
    }

    /// The title, before it is escaped.
    package let title: String
    /// Where the study comes from.
    package let source: Source
    /// What is shown without scripts, as HTML.
    package let plain: String
    /// The address of the page that lists all studies; nil where there is none.
    package let home: String?

    /// A page; `plain` is HTML, `title` and `home` are not.
    package init(title: String, source: Source, plain: String = "", home: String? = nil) {
        (self.title, self.source, self.plain, self.home) = (title, source, plain, home)
    }

    /// Whether the program was built with d3.
    package static var hasCharts: Bool { cp_charts().size > 0 }

    /// The page as text.
    ///
    /// - Complexity: O(length of the text).
    package var html: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy" content="\(policy)">
        <link rel="icon" href="data:,">
        <title>\(escaped(title))</title>
        <style>
        \(text(cp_style()))</style>
        </head>
        <body>
        <button type="button" id="theme" title="light or dark" aria-label="light or dark">◐</button>
        <div id="status" role="status" hidden></div>
        <main>
        \(home.map { "<a id=\"home\" href=\"\(escaped($0))\">‹ All studies</a>" } ?? "")
        <section id="head" aria-label="The study"></section>
        <div id="views"></div>
        </main>
        <div id="selection" hidden></div>
        <p id="spoken" class="unseen" aria-live="polite"></p>
        \(scripts)
        </body>
        </html>

        """
    }

    private var policy: String {
        let connections =
            switch source {
            case .document: "'none'"
            case .server: "'self'"
            }
        return "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "img-src data:; connect-src \(connections); base-uri 'none'; form-action 'none'"
    }

    private var scripts: String {
        guard Self.hasCharts else {
            return "<p>This program was built without d3, and shows a picture.</p>\n\(plain)"
        }
        let data =
            switch source {
            case .document(let document):
                "<script type=\"application/json\" id=\"data\">"
                    + document.serialized(isSafeInHTML: true) + "</script>"
            case .server: ""
            }
        return """
            <noscript>\(plain)</noscript>
            \(data)
            <script>
            \(text(cp_charts()))</script>
            <script>
            \(text(cp_script()))</script>
            """
    }
}

private func text(_ file: cp_text) -> String {
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.size), as: UTF8.self)
}
