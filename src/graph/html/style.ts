import { COLOURS } from './colours';

const variables = (scheme: keyof typeof COLOURS): string => Object.entries(COLOURS[scheme]).map(([name, colour]) => `--${name}:${colour}`).join(';');

const STATES = Object.keys(COLOURS.light).slice(Object.keys(COLOURS.light).indexOf('over-broad'));

/** The style of the page. Nothing moves, and nothing is told by colour alone. */
export const STYLE = `
:root{color-scheme:light dark;${variables('light')}}
@media (prefers-color-scheme:dark){:root{${variables('dark')}}}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
header,main,footer{padding:1rem 1.5rem;max-width:110rem;margin:0 auto}
header{padding-bottom:0}
h1{font-size:1.5rem;margin:0}
h2{font-size:1.15rem;margin:1.5rem 0 .5rem}
p{margin:.25rem 0;max-width:75ch}
.skip{position:absolute;left:-999rem}
.skip:focus{position:static;display:inline-block}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
form{display:flex;flex-wrap:wrap;gap:1rem;align-items:end}
fieldset{border:0;margin:0;padding:0;flex-basis:100%;display:flex;flex-wrap:wrap;gap:.5rem}
legend{padding:0 0 .25rem;float:left;width:100%}
label{display:block}
input[type=search],select,button{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:.3rem;padding:.35rem .5rem;min-height:2.4rem;max-width:100%}
input[type=search]{width:22rem}
select{max-width:18rem}
button{background:var(--raised);cursor:pointer}
.state{display:flex;gap:.5rem;align-items:center;border:1px solid var(--line);border-left-width:.4rem;border-radius:.3rem;background:var(--raised);padding:.3rem .7rem;min-height:2.4rem}
.state input{width:1.2rem;height:1.2rem;margin:0}
.count{font-weight:700;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.3rem}
table{border-collapse:collapse;table-layout:fixed;width:100%;min-width:64rem}
caption{text-align:left;padding:.5rem .75rem;color:var(--quiet)}
th,td{text-align:left;vertical-align:top;padding:.45rem .75rem;border-top:1px solid var(--line);font-weight:400;overflow-wrap:anywhere}
thead th{font-weight:700;background:var(--raised)}
th:nth-child(1){width:9rem}
tbody tr{border-left:.4rem solid var(--line)}
small{display:block;color:var(--quiet);font-size:.875rem}
ul{margin:0;padding-left:1.1rem}
.mark{font-weight:700;white-space:nowrap}
svg{display:block;max-width:100%;height:auto;font:12px system-ui,sans-serif}
svg rect{fill:var(--raised);stroke:var(--line)}
svg text{fill:var(--ink)}
svg path{fill:none;stroke:var(--line);stroke-width:1.5}
svg .head{font-weight:700}
figure{margin:0;overflow-x:auto}
summary{cursor:pointer;min-height:1.5rem}
${STATES.map(state => `.state.${state},tbody tr.${state}{border-left-color:var(--${state})}.${state} .mark,.${state} .count{color:var(--${state})}svg path.${state}{stroke:var(--${state})}`).join('\n')}
svg path.over-broad,svg path.stranger{stroke-width:4}
svg path.refused{stroke-dasharray:7 4}
svg path.undecided{stroke-dasharray:2 4}
@media (prefers-reduced-motion:reduce){*{scroll-behavior:auto!important;transition:none!important;animation:none!important}}
@media print{form,.skip,.picture{display:none}}
`;
