// The pictures of the kit, drawn by the reader's own browser: a drawing (SVG) that carries its fonts, a picture (PNG) of
// twice its size, a living chart in somebody else's page; and the buttons that copy.
"use strict";

const kit = JSON.parse(document.getElementById("kit").textContent);
const SVG = "http://www.w3.org/2000/svg";
const FAMILIES = ['400 13px "Source Sans"', '700 13px "Source Sans"', '700 17px "Infra Serif"'];
// The site's charts are made for a phone of this width: a narrower frame shows them smaller, whole.
const NARROWEST = 374;
const DENSITY = 2;
// What XML cannot hold: a name in the data may.
const UNWRITABLE = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const fonts = () => Promise.all(FAMILIES.map((family) => document.fonts.load(family)));

const asData = async (address) => {
  const blob = await (await fetch(address)).blob();
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
};

const faces = async () => {
  const rules = await Promise.all(Object.entries(kit.fonts).map(async ([family, address]) =>
    `@font-face{font-family:"${family}";font-weight:400 700;src:url("${await asData(address)}") format("woff2")}`));
  return rules.join("");
};

// The drawing of a figure, its letters with it, enlarged to its size in print.
const drawing = async (figure, block, style) => {
  const {width, height} = figure.layout;
  const address = await Plotly.toImage({...figure, config: kit.config}, {format: "svg", width, height});
  const written = decodeURIComponent(address.slice(address.indexOf(",") + 1)).replace(UNWRITABLE, "\ufffd");
  const svg = new DOMParser().parseFromString(written, "image/svg+xml").documentElement;
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", block.dataset.width);
  svg.setAttribute("height", block.dataset.height);
  svg.setAttribute("xml:lang", document.documentElement.lang);
  const told = {title: block.dataset.title, desc: block.dataset.sentence, style};
  for (const [name, words] of Object.entries(told).reverse()) {
    const element = document.createElementNS(SVG, name);
    element.textContent = words;
    svg.prepend(element);
  }
  return new Blob([new XMLSerializer().serializeToString(svg)], {type: "image/svg+xml"});
};

const painted = async (image, width, height) => {
  const canvas = document.createElement("canvas");
  canvas.width = width * DENSITY;
  canvas.height = height * DENSITY;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("no picture")), "image/png"));
};

const save = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};

const showPicture = async (block, style) => {
  const state = block.querySelector(".state");
  try {
    const blob = await drawing(read(block.dataset.figure), block, style);
    const image = new Image();
    image.alt = block.dataset.sentence;
    image.src = URL.createObjectURL(blob);
    await image.decode();
    block.querySelector(".frame").replaceChildren(image);
    const [svg, png] = ["svg", "png"].map((kind) => block.querySelector(`button[data-kind="${kind}"]`));
    svg.addEventListener("click", () => save(blob, `${block.dataset.name}.svg`));
    png.addEventListener("click", async () =>
      save(await painted(image, Number(block.dataset.width), Number(block.dataset.height)), `${block.dataset.name}.png`));
    svg.disabled = png.disabled = false;
  } catch (error) {
    state.textContent = kit.failed;
    throw error;
  }
};

const showPictures = async () => {
  const blocks = [...document.querySelectorAll(".picture")];
  const [style] = await Promise.all([faces(), fonts()]);
  // One after the other: a phone draws them while its reader reads.
  for (const block of blocks) {
    await showPicture(block, style).catch((error) => console.error(error));
  }
};

const showChart = async (frame) => {
  const drawn = frame.querySelector(".drawn");
  const figure = read(frame.dataset.figure);
  await fonts();
  const fit = () => {
    const room = frame.clientWidth;
    const width = Math.max(room, NARROWEST);
    drawn.style.transform = room < width ? `scale(${room / width})` : "";
    frame.style.height = `${figure.layout.height * room / width}px`;
    return {width, height: figure.layout.height};
  };
  await Plotly.newPlot(drawn, figure.data, {...figure.layout, ...fit()}, kit.config);
  new ResizeObserver(() => {
    const size = fit();
    if (size.width !== drawn.layout.width) Plotly.relayout(drawn, size);
  }).observe(frame);
};

const copy = async (button) => {
  const from = document.getElementById(button.dataset.copy);
  const words = "value" in from ? from.value : from.textContent;
  let said = kit.copied;
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    // No clipboard without a secure address: what is selected is one key away.
    getSelection().selectAllChildren(from);
    if ("select" in from) from.select();
    said = kit.selected;
  }
  button.parentElement.querySelector(".done").textContent = said;
};

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", () => copy(button));
}
// This script comes before plotly.js, which is much longer: buttons work, and nobody reads that scripts are missing.
for (const element of document.querySelectorAll(".scripted")) element.hidden = false;
for (const element of document.querySelectorAll(".unscripted")) element.hidden = true;
document.addEventListener("DOMContentLoaded", () => {
  if (document.querySelector(".picture")) showPictures();
  for (const frame of document.querySelectorAll(".live")) showChart(frame);
});
for (const block of document.querySelectorAll(".picture .state")) block.textContent = kit.drawing;
