/**
 * What the page does: it hides what was not asked for, and draws what is left. Plain JavaScript for browsers, as text: it is no module
 * of the library. It makes no markup of text: names come from documents of anybody.
 */
export const SCRIPT = String.raw`
'use strict';
(() => {
  const $ = id => document.getElementById(id);
  const rows = Array.from(document.querySelectorAll('tbody tr'), row => ({ row, text: row.textContent.toLowerCase(), ...row.dataset }));
  const MANY = 40;
  /* So many rows are laid out in no time; thousands are not. */
  const PAGE = 200;
  let limit = PAGE;
  const boxes = Array.from(document.querySelectorAll('input[name=state]'));
  const selects = ['provider', 'cluster', 'namespace'].map(name => [name, $(name)]);

  function apply() {
    const words = $('search').value.toLowerCase().split(/\s+/).filter(Boolean);
    const states = new Set(boxes.filter(box => box.checked).map(box => box.value));
    const wanted = selects.filter(([, select]) => select.value !== '');
    const shown = [];
    for (const each of rows) {
      const fits = states.has(each.state)
        && wanted.every(([name, select]) => each[name] === select.value)
        && words.every(word => each.text.includes(word));
      if (fits) shown.push(each);
      const seen = fits && shown.length <= limit;
      if (each.row.hidden === seen) each.row.hidden = !seen;
    }
    const rest = Math.max(0, shown.length - limit);
    $('count').textContent = shown.length + ' of ' + rows.length + (rows.length === 1 ? ' path' : ' paths') + (rest > 0 ? ', the first ' + limit + ' are shown' : '');
    $('more').hidden = rest === 0;
    $('next').textContent = 'Show ' + Math.min(PAGE, rest) + ' more';
    $('rest').textContent = 'Show all ' + shown.length;
    $('none').hidden = shown.length > 0;
    draw(shown);
  }

  const COLUMNS = ['Workload', 'Token', 'Cloud identity', 'Permission'];
  const [WIDTH, GAP, HEIGHT] = [250, 70, 30];
  const NS = 'http://www.w3.org/2000/svg';

  function make(parent, name, attributes, text) {
    const element = document.createElementNS(NS, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    parent.append(element);
    return element;
  }

  const cut = (text, max) => { const all = Array.from(text); return all.length <= max ? text : all.slice(0, 12).join('') + '…' + all.slice(13 - max).join(''); };

  /* Few paths are drawn one by one; many are folded: namespaces on the left, providers on the right. */
  function stepsOf(shown) {
    if (shown.length <= MANY) {
      return shown.map(({ row, state }) => {
        const cells = Array.from(row.cells);
        const texts = [1, 2, 3].map(i => cells[i].querySelector('[data-id]')).map(part => part && { key: part.dataset.id, text: part.textContent });
        const permissions = Array.from(cells[4].querySelectorAll('[data-id]'), part => ({ key: part.dataset.id, text: part.textContent }));
        return { state, chain: texts, ends: permissions.length > 3 ? [{ key: texts[2].key + 'p', text: permissions.length + ' permissions' }] : permissions };
      });
    }
    const where = each => (each.cluster ? each.cluster + (shown.length > 2000 || tooMany(shown) ? '' : ' / ' + each.namespace) : each.who ? 'strangers' : 'nobody');
    return shown.map(each => ({ state: each.state, chain: [{ key: 'n' + where(each), text: where(each) }, null, { key: 'p' + each.provider, text: each.provider || 'no cloud' }], ends: [] }));
  }

  const tooMany = shown => new Set(shown.map(each => each.cluster + '\n' + each.namespace)).size > MANY;

  const RANK = boxes.map(box => box.value);

  function draw(shown) {
    const svg = $('picture');
    const folds = shown.length > MANY;
    svg.replaceChildren();
    const nodes = new Map();
    const edges = new Map();
    const heights = [0, 0, 0, 0];
    const place = (column, part, state) => {
      const key = column + part.key;
      if (!nodes.has(key)) nodes.set(key, { column, row: heights[column]++, text: part.text, gap: part.gap, count: 0, state });
      return nodes.get(key);
    };
    const link = (from, to, state) => {
      const key = from.column + ' ' + from.row + ' ' + to.column + ' ' + to.row;
      const before = edges.get(key);
      if (before === undefined || RANK.indexOf(state) < RANK.indexOf(before.state)) edges.set(key, { from, to, state });
    };
    for (const { state, chain, ends } of stepsOf(shown)) {
      let last;
      chain.forEach((part, column) => {
        if (!part && (folds || column !== 1 || !chain[0] || !chain[2])) return;
        /* Strangers have no token here: their line passes by those of others. */
        const node = place(column, part || { key: 'gap' + chain[0].key, gap: true }, state);
        node.count++;
        if (last) link(last, node, column === 2 || !chain[1] || !chain[2] ? state : '');
        last = node;
      });
      if (chain[2]) for (const end of ends) link(last, place(3, end), '');
    }
    const height = 30 + Math.max(1, ...heights) * (HEIGHT + 8);
    svg.setAttribute('viewBox', '0 0 ' + (4 * WIDTH + 3 * GAP) + ' ' + height);
    svg.setAttribute('width', 4 * WIDTH + 3 * GAP);
    svg.setAttribute('height', height);
    $('drawn').textContent = folds ? 'Folded by namespace and provider: ' + shown.length + ' paths, each line as bad as the worst of them. Filter to ' + MANY + ' or fewer to see each.' : 'Each path that is listed below.';
    const x = column => column * (WIDTH + GAP);
    const y = row => 30 + row * (HEIGHT + 8);
    COLUMNS.forEach((title, column) => { if (heights[column] > 0) make(svg, 'text', { x: x(column), y: 18, class: 'head' }, title); });
    for (const { from, to, state } of edges.values()) {
      const [x1, y1, x2, y2] = [x(from.column) + WIDTH, y(from.row) + HEIGHT / 2, x(to.column), y(to.row) + HEIGHT / 2];
      const bend = (x1 + x2) / 2;
      make(svg, 'path', { d: 'M' + x1 + ' ' + y1 + 'C' + bend + ' ' + y1 + ' ' + bend + ' ' + y2 + ' ' + x2 + ' ' + y2, class: state });
    }
    for (const { column, row, text, gap, count, state } of nodes.values()) {
      if (gap) {
        make(svg, 'path', { d: 'M' + x(column) + ' ' + (y(row) + HEIGHT / 2) + 'h' + WIDTH, class: state });
        continue;
      }
      make(svg, 'rect', { x: x(column) + 0.5, y: y(row) + 0.5, width: WIDTH - 1, height: HEIGHT - 1, rx: 4 });
      const label = make(svg, 'text', { x: x(column) + 8, y: y(row) + 20 }, folds ? cut(text, 24) + ' (' + count + ')' : cut(text, 31));
      make(label, 'title', {}, text);
    }
  }

  /* Typing is never waited for: what was asked last is what is shown. */
  let waiting = 0;
  const soon = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(apply); };
  const anew = () => { limit = PAGE; soon(); };
  /* Whoever asks for more goes on reading where they were. */
  const further = to => {
    const before = rows.filter(({ row }) => !row.hidden).length;
    limit = to;
    apply();
    const next = rows.filter(({ row }) => !row.hidden)[before];
    if (next) { next.row.tabIndex = -1; next.row.focus(); }
  };
  $('next').addEventListener('click', () => further(limit + PAGE));
  $('rest').addEventListener('click', () => further(Infinity));
  addEventListener('beforeprint', () => { limit = Infinity; apply(); });
  $('filters').addEventListener('input', anew);
  $('filters').addEventListener('submit', event => event.preventDefault());
  $('filters').addEventListener('reset', anew);
  $('filters').hidden = false;
  $('figure').hidden = false;
  apply();
})();
`;
