"use strict";
// The coding page. A change is shown only when the server has answered that it is on disk.
const given = JSON.parse(document.body.dataset.given), words = given.words;
const $ = id => document.getElementById(id);
const text = $("text"), search = $("search"), list = $("codes"), memo = $("memo"), said = $("said");
const kept = "undo:" + given.coder + ":" + given.interview;
let state, pars = [], current = 0, pick = null, hits = [], at = 0, editing = null, busy = Promise.resolve();
let done = JSON.parse(sessionStorage.getItem(kept) || "[]");
const keep = () => sessionStorage.setItem(kept, JSON.stringify(done.slice(-500)));
const tell = words => { said.textContent = words; };
const label = id => { const c = state.codes.find(c => c.id === id); return c ? c.label : id; };
const make = (name, cls, words) => { const e = document.createElement(name); if (cls) e.className = cls; if (words) e.textContent = words; return e; };

function here(mark, n) {
  if (n < mark.first || n > mark.last) return null;
  return [n === mark.first ? mark.start : 0, n === mark.last ? mark.end : state.paragraphs[n - 1].length];
}
function visible() { return state.marks.filter(m => m.coder === given.coder || $("others").checked); }
function draw(n, marks) {
  const box = pars[n - 1], words = state.paragraphs[n - 1], p = make("p");
  const spans = marks.map(m => [m, here(m, n)]).filter(x => x[1]);
  const cuts = [...new Set([0, words.length, ...spans.flatMap(x => x[1])])].sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const over = spans.filter(x => x[1][0] <= cuts[i] && x[1][1] >= cuts[i + 1]).map(x => x[0]);
    const piece = words.slice(cuts[i], cuts[i + 1]);
    if (!over.length) { p.append(piece); continue; }
    const mine = over.some(m => m.coder === given.coder), theirs = over.some(m => m.coder !== given.coder);
    p.append(make("mark", (mine ? "own " : "") + (theirs ? "other" : ""), piece));
    p.lastChild.title = over.map(m => label(m.code) + " (" + m.coder + ")").join("; ");
    
  }
  box.replaceChildren(p);
  const ends = spans.map(x => x[0]).filter(m => m.last === n);
  if (!ends.length) return;
  const chips = make("ul", "chips");
  for (const m of ends) {
    const own = m.coder === given.coder, chip = make("li", own ? "mine" : "theirs", label(m.code) + (own ? "" : " · " + m.coder) + (m.memo ? " ✎ " + m.memo : ""));
    if (own) {
      const off = make("button", "", "×"); off.tabIndex = -1; off.setAttribute("aria-label", words_of("remove") + ": " + label(m.code));
      off.onclick = () => take(m); chip.append(" ", off);
    }
    chips.append(chip);
  }
  box.append(chips);
}
const words_of = key => given.words[key];
function redraw(before) {
  const marks = visible(), touched = new Set();
  for (const m of [...before, ...state.marks]) for (let n = m.first; n <= m.last; n++) touched.add(n);
  const by = new Map();
  for (const m of marks) for (let n = m.first; n <= m.last; n++) by.set(n, [...(by.get(n) || []), m]);
  for (const n of touched) if (n <= pars.length) draw(n, by.get(n) || []);
}
function all() {
  pars = state.paragraphs.map((words, i) => { const box = make("div", "par"); box.tabIndex = -1; box.dataset.n = i + 1; box.append(make("p", "", words)); return box; });
  text.replaceChildren(...pars); redraw([]); show(); go(Math.min(current, pars.length - 1), false);
  if (state.doubtful) tell(words.doubtful + state.doubtful);
}
function go(i, focus = true, scroll = true) {
  if (!pars.length || i < 0 || i >= pars.length) return;
  pars[current] && (pars[current].tabIndex = -1); current = i; pars[i].tabIndex = 0;
  if (focus) { pars[i].focus({ preventScroll: true }); if (scroll) pars[i].scrollIntoView({ block: "nearest" }); }
}
// A selection: paragraphs (1-based) and positions in them.
function paint() {
  CSS.highlights.delete("pick"); if (!pick) return;
  const range = new Range();
  range.setStart(...point(pick.first, pick.start)); range.setEnd(...point(pick.last, pick.end));
  CSS.highlights.set("pick", new Highlight(range));
}
function point(n, offset) {
  const walk = document.createTreeWalker(pars[n - 1].firstChild, NodeFilter.SHOW_TEXT); let node, last = null;
  while ((node = walk.nextNode())) { last = node; if (offset <= node.length) return [node, offset]; offset -= node.length; }
  return last ? [last, last.length] : [pars[n - 1].firstChild, 0];
}
function place(node, offset) {
  const el = node.nodeType === 1 ? node : node.parentElement, box = el && el.closest(".par"); if (!box) return null;
  const range = new Range(); range.selectNodeContents(box.firstChild);
  if (box.firstChild.contains(node)) range.setEnd(node, offset);
  return [+box.dataset.n, range.toString().length];
}
function grabbed() {
  const s = getSelection(); if (!s.rangeCount || s.isCollapsed) return;
  const r = s.getRangeAt(0), a = place(r.startContainer, r.startOffset); let b = place(r.endContainer, r.endOffset);
  if (!a || !b || !s.toString().trim()) return;
  if (b[0] > a[0] && !r.endContainer.parentElement.closest(".par p")) b = [b[0] - 1, state.paragraphs[b[0] - 2].length];
  pick = { first: a[0], start: a[1], last: b[0], end: b[1] }; paint(); go(a[0] - 1, true, false);
}
function bounds(kind) {
  const head = state.heads[current], spoken = state.paragraphs[current].slice(head); // without who says it and when
  const found = [...new Intl.Segmenter(given.lang, { granularity: kind }).segment(spoken)];
  return found.filter(s => kind === "sentence" || s.isWordLike).map(s => [head + s.index, head + s.index + s.segment.trimEnd().length]);
}
function extend(kind, forward) {
  const parts = bounds(kind); if (!parts.length) return;
  const n = current + 1;
  if (!pick || pick.first !== n || pick.last !== n) {
    if (forward) pick = { first: n, last: n, start: parts[0][0], end: parts[0][1] };
  } else if (forward) pick.end = (parts.find(p => p[1] > pick.end) || [0, pick.end])[1];
  else { const less = parts.filter(p => p[1] < pick.end && p[1] > pick.start).pop(); pick = less ? { ...pick, end: less[1] } : null; }
  paint();
}
function shift(forward) {
  const n = current + 1, parts = bounds("word"); if (!pick || pick.first !== n || pick.last !== n) return extend("word", true);
  const next = forward ? parts.find(p => p[0] > pick.start && p[0] < pick.end) : parts.filter(p => p[0] < pick.start).pop();
  if (next) pick.start = next[0]; paint();
}
// The codebook.
function show() {
  const asked = search.value.trim().toLowerCase(); let number = 0; hits = [];
  const rows = state.codes.map((c, i) => {
    const n = c.codable ? ++number : 0, fits = !asked || (c.codable && (/^\d+$/.test(asked) ? String(n).startsWith(asked) : (c.label + " " + c.id).toLowerCase().includes(asked)));
    if (!fits) return null;
    const row = make("li", "d" + Math.min(c.depth, 3), (n ? n + " " : "") + c.label); row.id = "code-" + i; row.setAttribute("role", "option"); row.title = c.about;
    if (c.codable) { hits.push([c, row, n]); row.onclick = () => add(c.id); } else row.setAttribute("aria-disabled", "true");
    return row;
  }).filter(Boolean);
  const exact = hits.findIndex(h => String(h[2]) === asked); at = exact > 0 ? exact : 0;
  list.replaceChildren(...rows); choose(at);
}
function choose(i) {
  if (!hits.length) { search.removeAttribute("aria-activedescendant"); return; }
  at = (i + hits.length) % hits.length;
  hits.forEach((h, k) => h[1].setAttribute("aria-selected", k === at));
  search.setAttribute("aria-activedescendant", hits[at][1].id); hits[at][1].scrollIntoView({ block: "nearest" });
}
// Changes, one after another.
function ask(change, body) {
  busy = busy.then(async () => {
    let answer, got;
    try {
      answer = await fetch("../" + change + "/" + encodeURIComponent(given.interview), { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ...body, digest: state.digest }) });
      got = await answer.json();
    } catch { tell(words.unsaved); return false; }
    const before = state.marks, anew = got.digest !== state.digest;
    state = got; if (anew) { pick = null; all(); } else redraw(before); paint();
    tell(answer.ok ? words.saved : got.problems.join(" ")); return answer.ok;
  });
  return busy;
}
const equal = (a, b) => a.coder === b.coder && a.code === b.code && a.first === b.first && a.last === b.last && a.start === b.start && a.end === b.end;
const mine = m => ({ coder: given.coder, code: m.code, first: m.first, last: m.last, start: m.start, end: m.end, memo: m.memo });
async function add(code) {
  const n = current + 1, span = pick || { first: n, last: n, start: state.heads[n - 1], end: state.paragraphs[n - 1].length };
  const old = state.marks, wanted = { ...span, code, coder: given.coder, memo: "" };
  search.value = ""; show(); pars[current].focus({ preventScroll: true });
  if (!await ask("add", wanted)) return;
  const fresh = state.marks.find(m => m.coder === given.coder && m.code === code && !old.some(o => equal(o, m)));
  if (fresh) { done.push(["add", fresh]); keep(); }
  pick = null; paint();
}
async function take(m) { if (await ask("remove", m)) { done.push(["remove", m]); keep(); } pars[current].focus({ preventScroll: true }); }
async function undo() {
  const last = done.pop(); keep(); if (!last) return tell(words.nothing);
  const [what, m] = last;
  const ok = what === "add" ? await ask("remove", m) : what === "remove" ? await ask("add", mine(m)) : await ask("note", m);
  if (ok) tell(words.undone);
}
function own() { return state.marks.filter(m => m.coder === given.coder && m.last === current + 1).pop(); }
function note() {
  editing = own(); if (!editing) return;
  memo.hidden = $("memo-label").hidden = false; memo.value = editing.memo; memo.focus();
}
async function noted() {
  const m = editing; editing = null; memo.hidden = $("memo-label").hidden = true; pars[current].focus({ preventScroll: true });
  if (m && memo.value !== m.memo && await ask("note", { ...m, memo: memo.value })) { done.push(["note", m]); keep(); }
}
document.addEventListener("keydown", e => {
  const field = e.target === search || e.target === memo, box = e.target.closest && e.target.closest(".par");
  if ((e.ctrlKey || e.metaKey) && e.code === "KeyZ") { if (e.target !== memo) { e.preventDefault(); undo(); } return; }
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target === memo) { if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); noted(); } else if (e.key === "Escape") { editing = null; noted(); } return; }
  if (e.target === search || e.target === list) {
    if (e.key === "ArrowDown") choose(at + 1); else if (e.key === "ArrowUp") choose(at - 1);
    else if (e.key === "Enter") { if (hits.length) add(hits[at][0].id); else tell(words.none); }
    else if (e.key === "Escape") { search.value = ""; show(); pars[current].focus(); } else return;
    e.preventDefault(); return;
  }
  if (!box || e.target.tagName === "BUTTON") return;
  if (e.key === "ArrowDown") e.shiftKey ? extend("sentence", true) : (pick = null, paint(), go(current + 1));
  else if (e.key === "ArrowUp") e.shiftKey ? extend("sentence", false) : (pick = null, paint(), go(current - 1));
  else if (e.key === "ArrowRight") e.shiftKey ? extend("word", true) : shift(true);
  else if (e.key === "ArrowLeft") e.shiftKey ? extend("word", false) : shift(false);
  else if (e.key === "Enter") search.focus();
  else if (e.key === "F2") note();
  else if (e.key === "Delete") { const m = own(); if (m) take(m); }
  else if (e.key === "Escape") { pick = null; paint(); }
  else if (/^[\p{L}\d]$/u.test(e.key)) { search.value = e.key; show(); search.focus(); }
  else return;
  e.preventDefault();
});
text.addEventListener("click", e => { const box = e.target.closest(".par"); if (box && getSelection().isCollapsed && e.target.tagName !== "BUTTON") { pick = null; paint(); go(+box.dataset.n - 1, true, false); } });
text.addEventListener("mouseup", () => setTimeout(grabbed));
search.addEventListener("input", show);
$("others").addEventListener("change", () => redraw([]));
$("interview").addEventListener("change", e => { location.href = encodeURIComponent(e.target.value); });
fetch("../data/" + encodeURIComponent(given.interview)).then(a => a.json()).then(got => { state = got; all(); go(0); document.body.dataset.ready = "yes"; });
