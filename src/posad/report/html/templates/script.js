(function () {
  var supports = window.CSS && CSS.supports && CSS.supports("position-area: bottom");
  if (supports || !("popover" in HTMLElement.prototype)) return;
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
