/** What the exported page does: search, pan, zoom, themes, print. Runs in any browser, as it stands. */
export const pageScript = `(() => {
'use strict';
const byId = (id) => document.getElementById(id);
const frame = byId('frame'), svg = frame.querySelector('svg'), search = byId('search'), hits = byId('hits');
const tables = JSON.parse(byId('tables').textContent);
const whole = svg.viewBox.baseVal, all = [whole.x, whole.y, whole.width, whole.height];
let view = all.slice();
const show = (next) => { view = next; svg.setAttribute('viewBox', view.join(' ')); };
const zoom = (factor, x, y) => {
  const width = Math.min(all[2] * 4, Math.max(80, view[2] / factor));
  const share = width / view[2];
  show([x - (x - view[0]) * share, y - (y - view[1]) * share, width, view[3] * share]);
};
const middle = () => [view[0] + view[2] / 2, view[1] + view[3] / 2];
// Pixels of the picture per pixel of the screen, with the margins that keep its proportions.
const scale = () => Math.max(view[2] / frame.clientWidth, view[3] / frame.clientHeight);
const toPicture = (event) => {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return [point.x, point.y];
};
frame.addEventListener('wheel', (event) => {
  event.preventDefault();
  zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), ...toPicture(event));
}, { passive: false });
let from = null;
frame.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  from = [event.clientX, event.clientY, view.slice()];
  frame.setPointerCapture(event.pointerId);
  frame.classList.add('moving');
});
frame.addEventListener('pointermove', (event) => {
  if (from === null) return;
  const by = scale(), start = from[2];
  show([start[0] - (event.clientX - from[0]) * by, start[1] - (event.clientY - from[1]) * by, start[2], start[3]]);
});
const release = () => { from = null; frame.classList.remove('moving'); };
frame.addEventListener('pointerup', release);
frame.addEventListener('pointercancel', release);
frame.addEventListener('keydown', (event) => {
  const step = view[2] / 12;
  const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  const move = moves[event.key];
  if (move) show([view[0] + move[0], view[1] + move[1], view[2], view[3]]);
  else if (event.key === '+' || event.key === '=') zoom(1.3, ...middle());
  else if (event.key === '-') zoom(1 / 1.3, ...middle());
  else if (event.key === '0') show(all.slice());
  else return;
  event.preventDefault();
});
byId('in').addEventListener('click', () => zoom(1.3, ...middle()));
byId('out').addEventListener('click', () => zoom(1 / 1.3, ...middle()));
byId('fit').addEventListener('click', () => show(all.slice()));
const setTheme = (name) => {
  document.documentElement.dataset.theme = name;
  byId('light').media = name === 'light' ? 'all' : 'not all';
  byId('dark').media = name === 'dark' ? 'all' : 'not all';
};
setTheme(document.documentElement.dataset.theme);
byId('theme').addEventListener('click', () => setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark'));
byId('print').addEventListener('click', () => { show(all.slice()); window.print(); });
let mark = null;
const go = (table) => {
  const [x, y, width, height] = table.box;
  const wide = Math.max(width * 4, height * 1.6 * frame.clientWidth / frame.clientHeight, 1000);
  const high = wide * frame.clientHeight / frame.clientWidth;
  show([x + width / 2 - wide / 2, y + height / 2 - high / 2, wide, high]);
  if (mark) mark.remove();
  mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ class: 'found', x: x - 3, y: y - 3, width: width + 6, height: height + 6, rx: 8 }))
    mark.setAttribute(name, value);
  svg.append(mark);
  byId('said').textContent = table.name;
};
let found = [], active = 0;
const find = (text) => {
  const query = text.trim().toLowerCase();
  if (query === '') return [];
  const result = [];
  for (const table of tables) {
    const name = table.name.toLowerCase();
    if (name.includes(query)) result.push([name === query ? 0 : name.startsWith(query) ? 1 : 3, table, null]);
    else if (table.entity && table.entity.toLowerCase().includes(query)) result.push([3, table, null]);
    for (const column of table.columns) if (column.toLowerCase().includes(query))
      result.push([column.toLowerCase() === query ? 2 : 4, table, column]);
  }
  return result.sort((a, b) => a[0] - b[0]).slice(0, 50);
};
const list = () => {
  hits.replaceChildren(...found.map(([, table, column], index) => {
    const item = document.createElement('li');
    item.role = 'option';
    item.id = 'hit' + index;
    item.ariaSelected = String(index === active);
    item.append(column === null ? table.name : column);
    if (column !== null) {
      const small = document.createElement('small');
      small.textContent = ' ' + table.name;
      item.append(small);
    }
    item.addEventListener('pointerdown', (event) => { event.preventDefault(); take(index); });
    return item;
  }));
  hits.hidden = found.length === 0;
  search.ariaExpanded = String(found.length > 0);
  if (found.length > 0) search.setAttribute('aria-activedescendant', 'hit' + active);
  else search.removeAttribute('aria-activedescendant');
  const shown = hits.children[active];
  if (shown) shown.scrollIntoView({ block: 'nearest' });
};
const take = (index) => { if (found[index]) go(found[index][1]); found = []; list(); };
search.addEventListener('input', () => { found = find(search.value); active = 0; list(); });
search.addEventListener('blur', () => { found = []; list(); });
search.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') active = Math.min(found.length - 1, active + 1);
  else if (event.key === 'ArrowUp') active = Math.max(0, active - 1);
  else if (event.key === 'Enter') { if (found.length === 0) found = find(search.value); take(active); event.preventDefault(); return; }
  else if (event.key === 'Escape') { search.value = ''; found = []; }
  else return;
  event.preventDefault();
  list();
});
window.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'f' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  event.preventDefault();
  search.focus();
  search.select();
});
})();`;
