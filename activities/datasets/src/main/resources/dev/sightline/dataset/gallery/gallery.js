"use strict";
const form = document.getElementById("filters");
const large = document.getElementById("large");
const reveal = document.getElementById("reveal");

function filter() {
  const wanted = new FormData(form);
  const levels = new Set(wanted.getAll("level"));
  let any = false;
  for (const section of document.querySelectorAll("section")) {
    let inSection = false;
    for (const level of section.querySelectorAll(".level")) {
      let inLevel = false;
      for (const card of level.querySelectorAll("article")) {
        const fits = (name) => !wanted.get(name) || wanted.get(name) === card.dataset[name];
        card.hidden = !(fits("kind") && fits("split"));
        inLevel ||= !card.hidden;
      }
      level.hidden = !inLevel || !levels.has(level.dataset.level);
      inSection ||= !level.hidden;
    }
    const family = wanted.get("family");
    section.hidden = !inSection || (family && family !== section.dataset.family);
    any ||= !section.hidden;
  }
  document.getElementById("none").hidden = any;
}

form.addEventListener("change", filter);
form.addEventListener("submit", (event) => event.preventDefault());
reveal.addEventListener("click", () => {
  const open = reveal.textContent === "Reveal all";
  document.querySelectorAll("article details").forEach((details) => (details.open = open));
  reveal.textContent = open ? "Hide all" : "Reveal all";
});
document.querySelector("main").addEventListener("click", (event) => {
  const picture = event.target.closest(".picture");
  if (picture) {
    large.querySelector("img").src = picture.querySelector("img").src;
    large.showModal();
  } else if (event.target.matches(".question")) {
    event.target.classList.toggle("open");
  }
});
large.addEventListener("click", () => large.close());
filter();
