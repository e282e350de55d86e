//! The plot's colours, for light and dark pages.

/// For rivals, in the order of the tables: of one lightness that is legible on both papers, so that none stands out.
pub(super) const RIVAL_COLOURS: [&str; 7] =
    ["#c2703d", "#d9a441", "#6f8fd6", "#a56cc1", "#4aa3a8", "#b8657f", "#8a8f98"];

/// One accent, for ours; everything else is quiet.
pub(super) const STYLE: &str = "\
text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#3c4450}\
.paper{fill:#fff}.h{font-size:17px;font-weight:650;fill:#14181f}.s{fill:#67707d}.p{font-weight:600;fill:#14181f}\
.a{font-size:10.5px;fill:#67707d}.e{text-anchor:end}.m{text-anchor:middle}.g{stroke:#e3e6ea;stroke-width:1}\
.l{fill:none;stroke-width:1.5;stroke-linejoin:round;stroke-linecap:round;opacity:.85}\
.us{stroke:#0b6e4f;stroke-width:3;opacity:1}.o{fill:#0b6e4f;stroke:#fff;stroke-width:1.5}\
.v{font-size:11px;font-weight:650;fill:#0b6e4f;paint-order:stroke;stroke:#fff;stroke-width:3px}\
@media(prefers-color-scheme:dark){text{fill:#b9c1cc}.paper{fill:#12161c}.h,.p{fill:#f0f3f6}.a,.s{fill:#8d97a5}\
.g{stroke:#262d36}.us{stroke:#4fd1a1}.o{fill:#4fd1a1;stroke:#12161c}.v{fill:#4fd1a1;stroke:#12161c}}";
