"use strict";
const BITAR = "header.sida, main h2, main h3, main h4, main h5, main p, main li, main tr, main figure, main caption";
const rad = document.getElementById("finsam-laget");

function visa(läge) {
  rad.toggleAttribute("data-hinder", läge.problem.length > 0);
  rad.replaceChildren(document.createTextNode(läge.svar));
  if (läge.problem.length) {
    const lista = document.createElement("ul");
    for (const text of läge.problem) {
      const punkt = document.createElement("li");
      punkt.textContent = text;
      lista.append(punkt);
    }
    rad.append(lista);
  } else if (!läge.provas) {
    for (const [ord, fil] of [["Fynden", "kontroller.html"], ["PDF", location.pathname.split("/").pop().replace(".html", ".pdf")]]) {
      const länk = document.createElement("a");
      länk.textContent = ord;
      länk.href = fil;
      länk.target = "_blank";
      rad.append(länk);
    }
  }
}

function räknade(rot) {
  const antal = new Map();
  for (const bit of rot.querySelectorAll(BITAR)) {
    antal.set(bit.outerHTML, (antal.get(bit.outerHTML) || 0) + 1);
  }
  return antal;
}

// Samma underlag som nyss, nu prövat: det som är markerat är kvar, och sidan står still.
function byt(ny, prövat) {
  const markerade = new Set();
  for (const bit of document.querySelectorAll(".finsam-andrad")) {
    bit.classList.remove("finsam-andrad");
    if (!bit.classList.length) bit.removeAttribute("class");
    markerade.add(bit.outerHTML);
  }
  const före = räknade(document);
  const öppen = document.querySelector(":popover-open");
  for (const del of ["header.sida", "nav.innehall", "main", "footer.sida"]) {
    const gammal = document.querySelector(del), nytt = ny.querySelector(del);
    if (gammal && nytt) gammal.replaceWith(document.adoptNode(nytt));
    else if (gammal || nytt) return location.reload();
  }
  document.title = ny.title;
  if (öppen && öppen.id) document.getElementById(öppen.id)?.showPopover?.();
  if (prövat) {
    for (const bit of document.querySelectorAll(BITAR)) {
      if (markerade.has(bit.outerHTML)) bit.classList.add("finsam-andrad");
    }
    return;
  }
  const ändrade = [];
  for (const bit of document.querySelectorAll(BITAR)) {
    const kvar = före.get(bit.outerHTML) || 0;
    if (kvar) före.set(bit.outerHTML, kvar - 1);
    else if (!bit.closest("[popover]") && !bit.classList.contains("avtryck")) ändrade.push(bit);
  }
  const innersta = ändrade.filter(bit => !ändrade.some(annan => annan !== bit && bit.contains(annan)));
  for (const bit of innersta) bit.classList.add("finsam-andrad");
  if (innersta.length) innersta[0].scrollIntoView({block: "center"});
}

async function följ(läge) {
  visa(läge);
  for (;;) {
    try {
      const nytt = await (await fetch("nytt?" + läge.nr, {cache: "no-store"})).json();
      if (nytt.sidans !== läge.sidans) {
        const text = await (await fetch(location.pathname, {cache: "no-store"})).text();
        const prövat = !nytt.provas && nytt.sidans === läge.sidans + 1;
        byt(new DOMParser().parseFromString(text, "text/html"), prövat);
      }
      läge = nytt;
      visa(läge);
    } catch {
      rad.textContent = "Bevakningen är avslutad. Det som visas är det senaste.";
      await new Promise(klar => setTimeout(klar, 1500));
    }
  }
}

följ(LÄGE);
