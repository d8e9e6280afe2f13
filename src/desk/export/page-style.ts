/** How an evidence page looks: on a screen of any width, in light and dark, on A4 paper. Must not know: what it says. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1c2126; --soft: #4b545d; --line: #c9d0d6; --paper: #ffffff; --tint: #f3f5f7; --good: #17663a; --bad: #a3191f; --link: #0b5394; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaed; --soft: #aeb7bf; --line: #3b444c; --paper: #15191d; --tint: #1e2429; --good: #74d49b; --bad: #ff9a97; --link: #8cc4ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .75rem; }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .6rem; }
article > h2 { font-size: 1.4rem; border-top: 2px solid var(--line); padding-top: 1.25rem; }
h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
a { color: var(--link); }
.title { padding-bottom: 1rem; border-bottom: 1px solid var(--line); }
.title p { margin: .2rem 0; color: var(--soft); }
.title .lead { color: var(--ink); margin-bottom: .6rem; }
aside { border: 1px solid var(--line); border-left: .35rem solid var(--soft); border-radius: .4rem; background: var(--tint); padding: .9rem 1.1rem; margin-bottom: 1.75rem; }
aside.good { border-left-color: var(--good); }
aside.bad { border-left-color: var(--bad); }
aside p { margin: .25rem 0; }
aside ul { margin: .4rem 0; padding-left: 1.2rem; }
.label { font-size: .8rem; letter-spacing: .04em; text-transform: uppercase; color: var(--soft); }
.verdict { font-weight: 600; font-size: 1.05rem; }
.good .verdict, .mark.good, #history.good { color: var(--good); }
.bad .verdict, .mark.bad, #history.bad { color: var(--bad); }
details { margin-top: .75rem; }
details[hidden] { display: none; }
summary { cursor: pointer; font-weight: 600; color: var(--link); }
form { margin-top: .5rem; display: grid; gap: .25rem; }
label { font-weight: 600; }
.hint { font-size: .875rem; color: var(--soft); }
textarea, input { width: 100%; font: .875rem/1.4 ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .3rem; padding: .4rem .5rem; }
button { justify-self: start; margin-top: .5rem; font: inherit; font-weight: 600; color: var(--paper); background: var(--ink); border: 0; border-radius: .3rem; padding: .45rem 1.1rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); gap: .55rem 1.5rem; margin: 0; }
dt { font-size: .8rem; color: var(--soft); }
dd { margin: 0; }
.none { color: var(--soft); margin: 0; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th { text-align: left; font-size: .8rem; color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--line); padding: .3rem .6rem .3rem 0; vertical-align: bottom; white-space: nowrap; }
td { border-bottom: 1px solid var(--line); padding: .4rem .6rem .4rem 0; vertical-align: top; overflow-wrap: anywhere; }
td { min-width: 4.4rem; }
.mark, .number, .when { white-space: nowrap; }
.number { min-width: 0; }
.mark.bad { white-space: normal; font-weight: 600; }
.hash { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: .85em; }
tr.bad td { background: var(--tint); }
@media screen and (max-width: 44rem) {
  body { padding: 1rem .9rem 3rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { border-bottom: 1px solid var(--line); padding: .55rem 0; }
  td { border: 0; padding: .1rem 0; display: grid; white-space: normal; grid-template-columns: 7.5rem 1fr; gap: .6rem; }
  td::before { content: attr(data-label); color: var(--soft); font-size: .8rem; padding-top: .1rem; }
  td.empty { display: none; }
  .mark, .when, .number { white-space: normal; }
}
@page { size: A4; margin: 16mm 15mm 18mm; }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #b5b5b5; --paper: #fff; --tint: #fff; --good: #0f5a30; --bad: #8d1116; --link: #000; }
  html { font-size: 9.5pt; }
  body { max-width: none; padding: 0; }
  details { display: none; }
  h1 { font-size: 18pt; }
  h2, h3 { break-after: avoid; margin-top: 7mm; }
  article + article { break-before: page; }
  table { font-size: 8.5pt; }
  thead { display: table-header-group; }
  tr, dl > div, aside { break-inside: avoid; }
}
`;
