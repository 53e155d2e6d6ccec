(function () {
  var root = document.documentElement, editions = [].slice.call(document.querySelectorAll(".edition"));
  function each(list, act) { [].forEach.call(list, act); }
  function shown() { return editions.filter(function (e) { return e.offsetParent || e.getClientRects().length; })[0] || editions[0]; }
  function speak() { root.lang = shown().lang; var h = shown().querySelector("h1"); if (h) document.title = h.textContent; }

  var kept; try { kept = localStorage.getItem("theme"); } catch (e) {}
  each(document.querySelectorAll(".theme input"), function (input) {
    if (input.value === kept) input.checked = true;
    input.addEventListener("change", function () { try { localStorage.setItem("theme", input.value); } catch (e) {} });
  });

  each(document.querySelectorAll(".languages a"), function (link) {
    link.addEventListener("click", function (event) {
      var from = shown(), to = document.getElementById(link.hash.slice(1)), marks = "h2[id],figure[id],.q[id]";
      var here = [].slice.call(from.querySelectorAll(marks)), last = -1;
      here.forEach(function (m, i) { if (m.getBoundingClientRect().top < 120) last = i; });
      var there = to.querySelectorAll(marks)[last];
      if (from === to || last < 0 || !there) return;
      event.preventDefault();
      location.hash = there.id;
    });
  });

  function open() {
    var id = location.hash.slice(1), place = id && document.getElementById(id);
    speak();
    if (place && place.classList.contains("n") && place.getAttribute("popovertarget")) {
      var card = document.getElementById(place.getAttribute("popovertarget"));
      place.scrollIntoView({ block: "center" });
      if (card && card.showPopover && !card.matches(":popover-open")) place.click();
    }
  }
  addEventListener("hashchange", open);
  open();

  each(document.querySelectorAll("[data-do]"), function (button) {
    var figure = button.closest("figure");
    button.hidden = false;
    button.addEventListener("click", function () { (button.dataset.do === "png" ? picture : copy)(figure, button); });
  });
  function picture(figure, button) {
    var svg = figure.querySelector(".wide svg"), box = svg.viewBox.baseVal, image = new Image();
    image.onload = function () {
      var canvas = document.createElement("canvas"), link = document.createElement("a");
      canvas.width = box.width * 3; canvas.height = box.height * 3;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      link.href = canvas.toDataURL("image/png"); link.download = button.dataset.file; link.click();
    };
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(svg));
  }
  function copy(figure, button) {
    var rows = [].map.call(figure.querySelectorAll("table.data tr"), function (row) {
      return [].map.call(row.cells, function (cell) {
        var clone = cell.cloneNode(true);
        each(clone.querySelectorAll(".ci"), function (part) { part.remove(); });
        return clone.textContent.trim().replace(/\s+/g, " ");
      }).join("\t");
    });
    var words = button.textContent;
    function said() { button.textContent = button.dataset.done; setTimeout(function () { button.textContent = words; }, 1600); }
    function old() {
      var area = document.createElement("textarea");
      area.value = rows.join("\n"); figure.appendChild(area); area.select(); document.execCommand("copy"); area.remove(); said();
    }
    if (navigator.clipboard) navigator.clipboard.writeText(rows.join("\n")).then(said, old); else old();
  }

  each(document.querySelectorAll(".find"), function (box) {
    var input = box.querySelector("input"), list = box.querySelector("ul"), status = box.querySelector(".status"), index;
    box.hidden = false;
    function add(element, id, words, kind) {
      if (id && words) index.push({ id: id, words: words.replace(/\s+/g, " ").trim(), kind: kind || "", low: (words + " " + (kind || "")).toLowerCase() });
    }
    function build() {
      var main = box.closest(".edition").querySelector("main");
      index = [];
      each(main.querySelectorAll("h2[id],h3[id],.qtext,figure.chart .unseen,figure.tabulation caption,button.n[id]"), function (e) {
        if (e.matches(".n")) {
          var card = document.getElementById(e.getAttribute("popovertarget"));
          var question = card && card.querySelector("dd"), counted = card && card.querySelector(".counted");
          add(e, e.id, e.textContent + " — " + (counted ? counted.textContent : ""), question ? question.textContent : "");
        } else if (e.matches(".qtext")) add(e, e.closest(".q").id, e.textContent);
        else if (e.closest("figure")) add(e, e.closest("figure").id, e.textContent.trim());
        else add(e, e.id, e.firstChild ? e.textContent.replace(/#$/, "") : "");
      });
    }
    input.addEventListener("input", function () {
      if (!index) build();
      var parts = input.value.toLowerCase().split(/\s+/).filter(Boolean), most = 24;
      var found = parts.length ? index.filter(function (i) { return parts.every(function (p) { return i.low.indexOf(p) >= 0; }); }) : [];
      list.textContent = "";
      found.slice(0, most).forEach(function (i) {
        var item = document.createElement("li"), link = document.createElement("a"), small = document.createElement("small");
        link.href = "#" + i.id; link.textContent = i.words; small.textContent = i.kind;
        if (i.kind) link.appendChild(small);
        item.appendChild(link); list.appendChild(item);
      });
      status.textContent = !parts.length ? "" : !found.length ? status.dataset.none : found.length > most ? status.dataset.more.replace("N", found.length - most) : "";
    });
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { input.value = ""; list.textContent = ""; status.textContent = ""; }
    });
  });

  var anchored = window.CSS && CSS.supports && CSS.supports("position-area: bottom");
  if (anchored || !("popover" in HTMLElement.prototype)) return;
  document.addEventListener("toggle", function (event) {
    var card = event.target;
    if (event.newState !== "open" || !card.classList.contains("passport") || innerWidth < 640) return;
    var source = document.activeElement.getBoundingClientRect();
    var left = Math.max(12, Math.min(source.left, innerWidth - card.offsetWidth - 12));
    var below = source.bottom + 8 + card.offsetHeight < innerHeight;
    card.style.inset = "auto";
    card.style.margin = "0";
    card.style.left = left + "px";
    card.style.top = Math.max(12, below ? source.bottom + 8 : source.top - card.offsetHeight - 8) + "px";
  }, true);
})();
