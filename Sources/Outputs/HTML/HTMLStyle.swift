/// The page's looks: light and dark by the reader's setting, a column of one measure, and for print
/// black on white with parts that do not break inside. Fonts are the machine's own.
let htmlStyle: StaticString = """
  :root { color-scheme: light dark; --ink: #1b2330; --soft: #5a6677; --line: #d7dde5; --paper: #fff;
    --ground: #f4f6f9; --link: #1f4fa3; --critical: #8b0f26; --high: #b3341b; --medium: #946200;
    --low: #3d6a8a; --info: #5a6677; --good: #1e6b42; --fact: #2b62c4; }
  @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #a3aebd; --line: #39424f;
    --paper: #1a2029; --ground: #12161d; --link: #8db6f5; --critical: #ff8a9c; --high: #ff9a80;
    --medium: #e5b95c; --low: #8fc1e6; --info: #a3aebd; --good: #7bd0a0; } }
  * { box-sizing: border-box; }
  body { margin: 0 auto; padding: 1.25rem 1.5rem 4rem; max-width: 76rem; background: var(--ground);
    color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Liberation Sans", Arial,
    sans-serif; overflow-wrap: anywhere; }
  h1 { margin: 0; font-size: 1.55rem; line-height: 1.25; }
  h2 { margin: 0 0 .75rem; font-size: 1.2rem; }
  h3 { margin: 1.1rem 0 .35rem; font-size: 1rem; }
  h4 { margin: 0 0 .3rem; font-size: 1rem; }
  p { margin: .3rem 0; } ul, ol { margin: .3rem 0; padding-left: 1.3rem; } li { margin: .25rem 0; }
  a { color: var(--link); } code, .hash { font-family: ui-monospace, "Liberation Mono", monospace;
    font-size: .85em; } code { color: var(--soft); font-weight: normal; }
  .quiet, .what, .more, .nopicture { color: var(--soft); } .quiet, .more, .nopicture { font-size: .9em; }
  .top .what { margin: .1rem 0 0; } .top { margin-bottom: .9rem; }
  .part, footer, .verdict { background: var(--paper); border: 1px solid var(--line);
    border-radius: 8px; padding: 1.1rem 1.3rem; margin: 0 0 1rem; }
  .verdict { border-left: 10px solid var(--soft); }
  .verdict.accept { border-left-color: var(--good); } .verdict.conditions { border-left-color: var(--medium); }
  .verdict.insufficient, .verdict.reject { border-left-color: var(--critical); }
  .verdict > h2 { color: var(--soft); font-size: .95rem; font-weight: 600; margin-bottom: .2rem; }
  .answer .mark { display: inline-block; margin: 0 .7rem 0 0; font-weight: 700; letter-spacing: .06em;
    font-size: .95rem; }
  .answer .words { display: inline; font-size: 1.3rem; font-weight: 650; }
  .accept .mark { color: var(--good); } .conditions .mark { color: var(--medium); }
  .insufficient .mark, .reject .mark, .verdict.none .mark { color: var(--critical); }
  .scoreline { font-weight: 600; } .reasons { list-style: none; padding: 0; }
  .warning { border: 1px solid var(--high); border-left-width: 5px; border-radius: 4px;
    padding: .35rem .7rem; } .warning strong { color: var(--high); }
  .brief { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .9rem; margin: .6rem 0 .2rem; }
  .brief dt { color: var(--soft); } .brief dd { margin: 0; font-weight: 600; }
  .cards { display: grid; grid-template-columns: 5fr 8fr 5fr; gap: 0 1.6rem;
    margin-top: .7rem; border-top: 1px solid var(--line); }
  .card h3 { margin-top: .8rem; } .dates dt { font-weight: 600; } .dates { margin: 0; }
  .dates dd { margin: 0 0 .45rem; } .unknowns { list-style: none; padding: 0; }
  .number { display: inline-block; min-width: 1.35em; text-align: center; border-radius: 1em;
    background: var(--ink); color: var(--paper); font-size: .8em; font-weight: 600; }
  .chip { display: inline-block; padding: 0 .45em; border: 1px solid currentColor; border-radius: 3px;
    font-size: .72rem; font-weight: 700; letter-spacing: .03em; white-space: nowrap; }
  .chip.critical { color: var(--critical); } .chip.high { color: var(--high); }
  .chip.medium { color: var(--medium); } .chip.low { color: var(--low); } .chip.info { color: var(--info); }
  .chip.unknown { color: var(--critical); border-style: dashed; }
  .contents { display: flex; flex-wrap: wrap; gap: .2rem 1rem; margin: 0 0 1rem; padding: 0 .2rem;
    font-size: .92em; }
  .scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
  caption { text-align: left; color: var(--soft); font-size: .9em; padding-bottom: .3rem; }
  th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
    font-size: .93em; overflow-wrap: break-word; } thead th { font-size: .83em; color: var(--soft);
    border-bottom: 2px solid var(--line); } td ul { padding-left: 1rem; margin: 0; }
  td.points { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; width: 4rem; }
  .total td { font-weight: 700; border-top: 2px solid var(--ink); }
  td.hash { overflow-wrap: anywhere; } .span-none td { color: var(--high); }
  .fact, .finding { border-top: 1px solid var(--line); padding: .8rem 0; }
  h2 + .fact, h2 + .finding { border-top: 0; padding-top: 0; }
  .fact h3 { margin: 0; color: var(--soft); font-size: .88rem; } .value { font-weight: 600; margin-top: 0; }
  .reading { font-weight: 600; }
  .proof { margin: .5rem 0; display: grid; grid-template-columns: minmax(14rem, 2fr) 5fr; gap: .2rem 1rem; }
  .place { color: var(--soft); font-size: .85em; }
  blockquote { margin: .1rem 0; padding-left: .6rem; border-left: 3px solid var(--line); font-size: .93em;
    font-family: Georgia, "Liberation Serif", serif; }
  svg.page { width: 100%; height: auto; max-height: 26rem; background: #fff; border: 1px solid var(--line);
    border-radius: 3px; display: block; grid-column: 2; } .proof .more, .nopicture { grid-column: 2; }
  svg.page rect { fill: #2b62c4; fill-opacity: .12; stroke: #2b62c4; stroke-width: 1; }
  svg.page.critical rect { fill: #b00020; stroke: #b00020; } svg.page.high rect { fill: #c8431f; stroke: #c8431f; }
  svg.page.medium rect { fill: #d29a00; stroke: #a87800; } svg.page.low rect { fill: #2f7fb3; stroke: #2f7fb3; }
  svg.page.info rect { fill: #667; stroke: #667; }
  .timeline { width: 100%; height: auto; display: block; } .timeline text { font-size: 12px; fill: var(--ink); }
  .t-report { fill: #2f6f4f; } .t-letter { fill: url(#hatch); stroke: #946200; } .t-ground { fill: #f1d58c; }
  .t-stripe { stroke: #946200; stroke-width: 2; } .t-none { fill: none; stroke: #b3341b; stroke-width: 1.5;
    stroke-dasharray: 4 3; } .timeline .t-on-report { fill: #fff; font-weight: 600; }
  .timeline .t-on-letter { fill: #1b2330; font-weight: 600; } .timeline .t-on-none { fill: var(--high); }
  .t-bar { fill: var(--fact); } td.bar { width: 7rem; }
  td .mark { font-weight: 700; font-size: .85em; } tr.none .mark { color: var(--critical); }
  .t-tick { stroke: var(--soft); } .timeline .t-month { fill: var(--soft); font-size: 11px; }
  .t-today { stroke: var(--ink); stroke-width: 2.5; } .timeline .t-review { font-weight: 600; }
  .t-date { stroke: var(--soft); stroke-dasharray: 2 2; } .t-dot { fill: var(--ink); }
  .timeline .t-number { fill: var(--paper); font-size: 10px; font-weight: 700; }
  .questions .ask { font-weight: 600; } .fill td { height: 2.4rem; } .fill .box { font-size: 1.2em; width: 2rem; }
  .fill td:nth-child(n+5), .fill th:nth-child(n+5) { border-left: 1px solid var(--line); min-width: 6.5rem; }
  .questions { padding-left: 2.2rem; }
  @media (max-width: 60rem) { .cards { grid-template-columns: 1fr; } }
  @media (max-width: 46rem) { body { padding: .8rem; } .proof { display: block; } svg.page { margin-top: .3rem; } }
  @media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff;
    --ground: #fff; --link: #000; --critical: #8b0f26; --high: #a12d15; --medium: #7a5200; --low: #2c5470;
    --info: #444; --good: #155231; } body { font-size: 10pt; padding: 0; max-width: none; }
    .contents { display: none; } a { text-decoration: none; } .part, footer { border: 0; padding: .3rem 0; }
    .proof, tr, svg, li { break-inside: avoid; } .cards { display: block; font-size: 9pt; }
    h2, h3, h4 { break-after: avoid; } .checklist { break-before: page; } .scroll { overflow: visible; }
    svg, .number, .chip { print-color-adjust: exact; } .proof { grid-template-columns: 2fr 4fr; } }

  """
