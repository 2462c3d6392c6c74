// SPDX-License-Identifier: Apache-2.0

/// How the page looks, in the light and in the dark. Verdicts have signs and words of their own: colour comes on top.
enum HTMLStyle {
    static let text = """
        :root { color-scheme: light dark; --back: #fff; --front: #1b1f24; --soft: #59636e; --line: #d1d9e0; --raised: #f6f8fa;
          --good: #116329; --bad: #a40e26; --doubtful: #7d4e00; --link: #0550ae; --mark: #fff1a8; --row: #eef2f6; }
        @media (prefers-color-scheme: dark) { :root { --back: #0d1117; --front: #e6edf3; --soft: #9ba5b0; --line: #343b44;
          --raised: #161b22; --good: #56d364; --bad: #ff8078; --doubtful: #e3b341; --link: #6cb6ff; --mark: #5c4b00; --row: #1c2430; } }
        * { box-sizing: border-box; }
        html { background: var(--back); color: var(--front); font: 15px/1.45 system-ui, sans-serif; scroll-padding-top: 4rem; }
        body { margin: 0 auto; max-width: 78rem; padding: 1rem 1.25rem 4rem; }
        h1 { font-size: 1.6rem; margin: .5rem 0 1rem; } h2 { font-size: 1.3rem; margin: 1rem 0 .5rem; }
        h3 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; } h4 { font-size: .95rem; margin: 0 0 .5rem; }
        a { color: var(--link); } a:focus-visible, input:focus-visible, summary:focus-visible, .wide:focus-visible {
          outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
        .wide { overflow-x: auto; }
        table { border-collapse: collapse; } th, td { padding: .35rem .7rem; border: 1px solid var(--line); text-align: left;
          vertical-align: top; font-weight: normal; }
        thead th { background: var(--raised); font-weight: 600; vertical-align: bottom; }
        .scores { width: 100%; } .scores tbody th { font-weight: 600; } .scores td { min-width: 6.5rem; }
        .matrix { width: 100%; } .matrix td { white-space: nowrap; min-width: 8.5rem; }
        .matrix tbody { border-top: 3px solid var(--line); } .matrix tr:target { background: var(--row); }
        .matrix tbody tr:hover { background: var(--row); }
        .id { font-weight: 600; } .severity, .known, .absent, .at { color: var(--soft); font-size: .85em; }
        .known { display: block; } .title { display: inline-block; min-width: 16rem; }
        .legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: 1rem 0; color: var(--soft); }
        .verdict { font-weight: 600; white-space: nowrap; color: var(--front); } .good { color: var(--good); } .bad { color: var(--bad); }
        .doubtful { color: var(--doubtful); } .neutral { color: var(--soft); font-weight: normal; }
        td a.verdict { text-decoration: underline dotted; text-underline-offset: 3px; } td a.bad { text-decoration-style: solid; }
        .filter label { cursor: pointer; } body:has(#only-bad:checked) .clean { display: none; }
        article { display: none; } article:target { display: block; } body:has(article:target) main { display: none; }
        nav { display: flex; gap: 1.5rem; flex-wrap: wrap; padding: .5rem 0; border-bottom: 1px solid var(--line); }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: .5rem 0; }
        dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        .checks { width: 100%; } .checks th[scope=row] { font-weight: 600; } .checks td { overflow-wrap: anywhere; min-width: 6rem; }
        .exchange { border: 1px solid var(--line); border-radius: 6px; padding: .7rem .9rem; margin: .7rem 0; }
        .failing { border: 2px solid var(--bad); }
        .line { display: grid; grid-template-columns: 5.5rem 1.2rem minmax(0, 1fr); gap: .4rem; }
        .at { text-align: right; padding-top: .1rem; font-variant-numeric: tabular-nums; } .what { font-weight: 600; overflow-wrap: anywhere; }
        pre { font: 13px/1.5 ui-monospace, monospace; background: var(--raised); padding: .4rem .6rem; margin: .2rem 0 .5rem;
          white-space: pre-wrap; overflow-wrap: anywhere; border-radius: 4px; }
        .fields { margin-left: 7.5rem; color: var(--soft); } .hex { white-space: pre; overflow-x: auto; }
        mark { background: var(--mark); color: inherit; font-weight: 700; text-decoration: underline; }
        pre i { font: 600 10px/1 system-ui, sans-serif; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 2px;
          margin-left: 2px; }
        summary { cursor: pointer; margin-top: .5rem; }
        @media (max-width: 40rem) { body { padding: .5rem .6rem 3rem; } .line { grid-template-columns: max-content 1fr; } .line > div { grid-column: 1 / -1; }
          .fields { margin-left: 0; } .title { min-width: 11rem; }
          .matrix td { min-width: 7.5rem; } dl { grid-template-columns: 1fr; } dd { margin-bottom: .4rem; } }
        @media print { main, article { display: block !important; } article { break-before: page; } }

        """
}
