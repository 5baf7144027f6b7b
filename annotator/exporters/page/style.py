"""How the page is set: a column to read in, what is said of marks beside it, light and dark, and for printing."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.core.scheme import Label
from annotator.exporters.page.colors import DARK_INK, DARK_PAPER, INK, PAPER, on_paper

_RULES = """
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:1.5rem}
body{margin:0;background:var(--paper);color:var(--ink);font:400 1.125rem/1.6 var(--serif);
 font-kerning:normal;text-rendering:optimizeLegibility}
a{color:inherit;text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline;text-underline-offset:.2em}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
.front,.contents,.legend,article{max-width:68rem;margin:0 auto;padding:0 1.5rem}
.front{padding-top:5rem}
.front h1{font-size:2.5rem;line-height:1.15;font-weight:700;letter-spacing:-.012em;margin:0 0 .4rem;max-width:24em}
.front p{font:400 .95rem/1.5 var(--sans);color:var(--faint);margin:0}
h2.rubric,h3.rubric{font:600 .72rem/1.4 var(--sans);letter-spacing:.09em;text-transform:uppercase;color:var(--faint);
 margin:0 0 .8rem}
.contents,.legend{margin-top:3rem}
.contents ol{margin:0;padding:0;list-style:none;columns:2 22rem;column-gap:3rem}
.contents li{break-inside:avoid;display:grid;grid-template-columns:1.9rem 1fr auto;gap:.5rem;align-items:baseline;
 padding:.28rem 0;font-size:1rem;line-height:1.35;border-bottom:1px solid var(--hairline)}
.contents .no,.contents .many{font:400 .8rem/1 var(--sans);color:var(--faint);font-variant-numeric:tabular-nums}
.legend dl{margin:0;display:grid;grid-template-columns:max-content 1fr;gap:.5rem 1.6rem;
 font:400 .85rem/1.5 var(--sans)}
.legend dt{color:var(--faint)}
.legend dd{margin:0;display:flex;flex-wrap:wrap;gap:.3rem 1.3rem}
.legend .key{border-bottom:2px solid var(--c);color:var(--c);font-weight:600;font-size:.74rem;letter-spacing:.04em}
.legend .many{color:var(--faint);font-weight:400;margin-inline-start:.35em;letter-spacing:0}
article{margin-top:5rem;padding-top:2.6rem;display:grid;grid-template-columns:minmax(0,37rem) minmax(0,1fr);
 column-gap:3.5rem;position:relative}
article::before{content:"";position:absolute;top:0;left:1.5rem;right:1.5rem;border-top:1px solid var(--hairline)}
article>header{grid-column:1/-1;margin-bottom:1.2rem}
article h2{font-size:1.95rem;line-height:1.2;font-weight:700;letter-spacing:-.01em;margin:.2rem 0 .5rem;max-width:37rem}
article h2.twice{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.facts{margin:0;font:400 .82rem/1.55 var(--sans);color:var(--faint);display:flex;flex-wrap:wrap;gap:0 1.4rem}
.facts div{display:flex;gap:.4em;min-width:0}
.facts dt{margin:0}
.facts dd{margin:0;color:var(--ink);overflow-wrap:anywhere;white-space:pre-wrap}
.facts .by{color:var(--faint)}
.text{min-width:0;overflow-wrap:break-word}
.text p{margin:0 0 .85em;white-space:pre-wrap;line-height:calc(1.72em + var(--lanes,0)*.24em)}
.text .feeds{display:none}
.text .HEADLINE{font-size:1.95rem;font-weight:700;letter-spacing:-.01em;margin-bottom:.45em;
 line-height:calc(1.28em + var(--lanes,0)*.16em)}
.text .DEK{font-size:1.15em;color:var(--faint)}
.text .BYLINE,.text .RELATED,.text .BOILERPLATE{font:400 .82rem/1.6 var(--sans);color:var(--faint)}
.text .CAPTION{font-size:.92em;font-style:italic;color:var(--faint);border-inline-start:3px solid var(--hairline);
 padding-inline-start:1em}
.text .CREDIT{font:400 .78rem/1.6 var(--sans);color:var(--faint)}
.m{border-bottom:2px solid var(--c);padding-bottom:calc(var(--l,0)*4px);-webkit-box-decoration-break:clone;
 box-decoration-break:clone}
.m.l0,.m.only{background:color-mix(in srgb,var(--c) 13%,transparent);border-start-start-radius:2px}
.m.guess{border-bottom-style:dashed;background:none}
.n{font:600 .56rem/1 var(--sans);letter-spacing:.045em;color:var(--c);white-space:nowrap;unicode-bidi:isolate;
 margin-inline:.28em .1em;position:relative;top:.32em;font-style:normal;-webkit-user-select:none;user-select:none}
.n sup{font-size:.92em;font-weight:400;vertical-align:baseline;margin:0 .2em;letter-spacing:0}
.told{min-width:0;font:400 .8rem/1.5 var(--sans);padding-top:.4rem}
.told ol{margin:0;padding:0;list-style:none}
.told>ol>li{padding:.5rem 0 .55rem 2rem;border-bottom:1px solid var(--hairline);position:relative;break-inside:avoid}
.told>ol>li:target{background:color-mix(in srgb,var(--c) 11%,transparent)}
.told .num{position:absolute;left:0;top:.5rem;width:1.5rem;text-align:end;color:var(--faint);
 font-variant-numeric:tabular-nums}
.told .label{color:var(--c);font-weight:600;font-size:.72rem;letter-spacing:.045em;margin-inline-end:.45em}
.told q{font-family:var(--serif);font-size:1.06em;quotes:none;white-space:pre-wrap;overflow-wrap:anywhere}
.told q.words{text-align:left;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.told dl{margin:.1rem 0 0;display:grid;grid-template-columns:max-content 1fr;gap:0 .8em}
.told dt{color:var(--faint)}
.told dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
.told .note{margin:.15rem 0 0;font-style:italic;white-space:pre-wrap;overflow-wrap:anywhere}
.told ul{margin:.1rem 0 0;padding:0;list-style:none}
.told li li{padding:0}
.told .kind{color:var(--faint)}
.told li li q{display:inline-block;max-width:100%;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;
 vertical-align:bottom}
.told .to{display:flex;gap:.4em;min-width:0}
.told .to a{display:flex;gap:.4em;min-width:0}
.who,.told .from{color:var(--faint)}
.told>ol>li>.who{position:absolute;inset-inline-end:0;top:.5rem}
.alone .who{display:none}
footer{max-width:68rem;margin:6rem auto 0;padding:1.2rem 1.5rem 3rem;font:400 .8rem/1.5 var(--sans);color:var(--faint)}
@media (max-width:62rem){article{display:block}.told{margin-top:1.6rem}.front{padding-top:2.5rem}
 body{font-size:1.06rem}}
@page{size:A4;margin:22mm 20mm 20mm;@bottom-center{content:counter(page);font:9pt sans-serif;color:#6f6e6a}}
@media print{:root{--paper:#fff}body{font-size:10.5pt}.front{padding-top:0}.front h1{font-size:22pt}
 .front,.contents,.legend,article,footer{max-width:none;padding-left:0;padding-right:0}
 article{display:block;break-before:page;margin-top:0;padding-top:0}article::before{display:none}
 article h2,.text .HEADLINE{font-size:17pt}.text p{orphans:2;widows:2}
 .told{font-size:8pt;margin-top:7mm;columns:2;column-gap:8mm}
 .told>ol>li{padding-top:1.2mm;padding-bottom:1.4mm}.told .num,.told>ol>li>.who{top:1.2mm}
 .told q.words{-webkit-line-clamp:2}
 .m,.n,.legend .key{-webkit-print-color-adjust:exact;print-color-adjust:exact}.n{font-size:5.4pt}}
"""
_LIGHT = f"--paper:{PAPER};--ink:{INK};--faint:#6a6965;--hairline:#e3e1db;--accent:#2f5fb3"
_DARK = f"--paper:{DARK_PAPER};--ink:{DARK_INK};--faint:#9e9d97;--hairline:#34363a;--accent:#8ab0f2"
_FONTS = (
    '--serif:"Source Serif 4","Noto Serif",Charter,"Iowan Old Style",Georgia,"DejaVu Serif","Noto Naskh Arabic",'
    'serif;--sans:Inter,"Noto Sans",system-ui,"Segoe UI","DejaVu Sans","Noto Sans Arabic",sans-serif'
)


def style_sheet(labels: Iterable[Label]) -> str:
    """The whole style sheet, with a colour for each label: `c0` for the first, `c1` for the second."""
    known = list(labels)
    light = [f".c{n}{{--c:{on_paper(label.color)}}}" for n, label in enumerate(known)]
    dark = [f".c{n}{{--c:{on_paper(label.color, dark=True)}}}" for n, label in enumerate(known)]
    return "\n".join((
        f":root{{color-scheme:light dark;{_LIGHT};{_FONTS};--c:var(--ink)}}", *light,
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_DARK}}}", *dark, "}", _RULES.strip(),
    ))  # fmt: skip
