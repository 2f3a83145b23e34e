/// The page around a plot. Everything put in has been escaped before, so that the one escaping
/// that works on code points serves all, and stands in triple braces.
let pageTemplate = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <title>{{{title}}}</title>
    <style>
    {{{style}}}</style>
    </head>
    <body>
    <main>
    <div id="figure" tabindex="0" aria-label="Plot. The arrow keys walk along the front.">
    {{{svg}}}<div id="tip" hidden="hidden"></div>
    </div>
    <p class="hint">{{{summary}}}. Point at a report, or press the arrow keys to walk along the \
    front, to see its configuration.</p>
    <div id="spoken" class="unseen" aria-live="polite"></div>
    {{#tables}}
    <details{{#open}} open="open"{{/open}}>
    <summary>{{{caption}}}</summary>
    <div class="scroll" tabindex="0"><table>
    <thead><tr>{{#header}}<th scope="col"{{#isText}} class="text"{{/isText}}>{{{text}}}</th>{{/header}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr>{{#.}}<td{{#isText}} class="text"{{/isText}}>{{{text}}}</td>{{/.}}</tr>
    {{/rows}}
    </tbody>
    </table></div>
    </details>
    {{/tables}}
    {{#notes}}
    <p class="hint">{{{.}}}</p>
    {{/notes}}
    </main>
    <script type="application/json" id="data">{{{data}}}</script>
    <script>
    //<![CDATA[
    {{{script}}}//]]>
    </script>
    </body>
    </html>

    """

let pageStyle = """
    :root { color-scheme: light dark; }
    body { margin: 0; background: #fff; color: #1b1b1b; font: 15px/1.45 "Helvetica Neue", \
    Helvetica, Arial, "Liberation Sans", sans-serif; }
    main { max-width: 1080px; margin: 0 auto; padding: 8px 16px 32px; }
    #figure { position: relative; width: fit-content; max-width: 100%; }
    #figure svg { display: block; max-width: 100%; height: auto; touch-action: pan-y; }
    #tip { position: absolute; z-index: 1; pointer-events: none; max-width: 22em; padding: 8px 10px; \
    background: #fffffff2; border: 1px solid #8c8c8c; border-radius: 4px; font-size: 13px; \
    box-shadow: 0 2px 8px #0003; }
    #tip b { display: block; margin-bottom: 2px; }
    #tip dl { display: grid; grid-template-columns: auto auto; gap: 0 12px; margin: 0; }
    #tip dt { color: #555; }
    #tip dd { margin: 0; text-align: right; font-variant-numeric: tabular-nums; \
    overflow-wrap: anywhere; }
    #tip dl + dl { margin-top: 5px; padding-top: 5px; border-top: 1px solid #d5d5d5; }
    .hint, summary { color: #555; font-size: 13px; margin: 6px 8px; }
    summary { cursor: pointer; }
    .scroll { overflow: auto; max-height: 30em; margin: 0 8px; }
    table { border-collapse: collapse; font-size: 13px; font-variant-numeric: tabular-nums; }
    th, td { padding: 3px 10px; text-align: right; white-space: nowrap; \
    border-bottom: 1px solid #e6e6e6; }
    .text { text-align: left; }
    th { position: sticky; top: 0; background: #fff; font-weight: 600; }
    .unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; \
    clip-path: inset(50%); }
    @media (prefers-color-scheme: dark) {
      body { background: #17191d; color: #e8e8e8; }
      #tip { background: #24282ef2; border-color: #6f757e; }
      #tip dt, .hint, summary { color: #a8adb5; }
      #tip dl + dl { border-color: #444a52; }
      th { background: #17191d; }
      th, td { border-color: #2c3036; }
    }

    """
