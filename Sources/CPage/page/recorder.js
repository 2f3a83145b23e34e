// What a canvas is asked to draw, noted as SVG: the part of its interface that charts use.
"use strict";

// A text as it stands in XML, where some characters have no place.
Page.escaped = text => String(text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd")
  .replace(/[&<>"]/g, sign => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);

Page.Recorder = class {
  // `real` is the context of a canvas, which measures texts; of a pixel of the page it has `ratio`.
  constructor(real, ratio) {
    [this.real, this.ratio] = [real, ratio];
    [this.parts, this.clips, this.stack, this.path] = [[], [], [], ""];
    Object.assign(this, { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter",
      globalAlpha: 1, font: "10px sans-serif", dash: [], matrix: [1, 0, 0, 1, 0, 0], clipping: null });
    this.prefix = `c${Page.Recorder.count = (Page.Recorder.count || 0) + 1}-`;
  }

  // All that was drawn, in pixels of the page.
  get svg() { return `<defs>${this.clips.join("")}</defs>${this.parts.join("")}`; }

  save() {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, dash, matrix, clipping } = this;
    this.stack.push({ fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, dash, matrix, clipping });
  }
  restore() { Object.assign(this, this.stack.pop()); }

  setTransform(...matrix) { this.matrix = matrix; }
  translate(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    this.matrix = [a, b, c, d, e + a * x + c * y, f + b * x + d * y];
  }
  scale(x, y) {
    const [a, b, c, d, e, f] = this.matrix;
    this.matrix = [a * x, b * x, c * y, d * y, e, f];
  }
  setLineDash(dash) { this.dash = dash; }

  beginPath() { this.path = ""; }
  closePath() { this.path += "Z"; }
  moveTo(x, y) { this.path += `M${this.at(x, y)}`; }
  lineTo(x, y) { this.path += `${this.path ? "L" : "M"}${this.at(x, y)}`; }
  rect(x, y, wide, tall) {
    this.path += `M${this.at(x, y)}h${this.number(wide)}v${this.number(tall)}h${this.number(-wide)}Z`;
  }
  arc(x, y, radius, from, to) {
    const at = angle => this.at(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    const bow = (angle, isLarge) => `A${this.at(radius, radius)} 0 ${isLarge} 1 ${at(angle)}`;
    this.path += `${this.path && !this.path.endsWith("Z") ? "L" : "M"}${at(from)}`;
    // A full turn has no end of its own.
    if (to - from >= 2 * Math.PI) this.path += `${bow(from + Math.PI, 1)}${bow(from, 1)}Z`;
    else this.path += bow(to, to - from > Math.PI ? 1 : 0);
  }

  fill() { this.add(`<path d="${this.path}" ${this.filled()}`); }
  stroke() { this.add(`<path d="${this.path}" ${this.stroked()}`); }
  fillRect(...box) { this.add(`<rect ${this.box(...box)} ${this.filled()}`); }
  strokeRect(...box) { this.add(`<rect ${this.box(...box)} ${this.stroked()}`); }
  fillText(text, x, y) { this.text(text, { x, y, style: this.filled() }); }
  strokeText(text, x, y) { this.text(text, { x, y, style: this.stroked() }); }
  // Charts clear all of a picture, or none.
  clearRect() { [this.parts, this.clips] = [[], []]; }

  clip() {
    const id = `${this.prefix}${this.clips.length}`;
    const within = this.clipping ? ` clip-path="url(#${this.clipping})"` : "";
    this.clips.push(`<clipPath id="${id}"${within}><path d="${this.path}"${this.transform()}/></clipPath>`);
    this.clipping = id;
  }

  drawImage(picture, x, y, wide = picture.width, tall = picture.height) {
    this.add(`<image ${this.box(x, y, wide, tall)} preserveAspectRatio="none" opacity="${this.globalAlpha}" `
      + `href="${picture.toDataURL("image/png")}"`);
  }

  measureText(text) {
    this.real.font = this.font;
    return this.real.measureText(text);
  }
  createImageData(wide, tall) { return this.real.createImageData(wide, tall); }

  // An element without its end, as things now stand. What is clipped is in a group of its own: its clip
  // moves with no transformation of the element.
  add(element, content = "") {
    const name = element.slice(1, element.indexOf(" "));
    const whole = `${element}${this.transform()}${content ? `>${content}</${name}` : "/"}>`;
    this.parts.push(this.clipping ? `<g clip-path="url(#${this.clipping})">${whole}</g>` : whole);
  }
  text(text, { x, y, style }) {
    this.add(`<text x="${this.number(x)}" y="${this.number(y)}" style="font: ${this.font}" ${style}`,
      Page.escaped(text));
  }

  number(value) { return String(Math.round(value * 100) / 100); }
  at(x, y) { return `${this.number(x)} ${this.number(y)}`; }
  box(x, y, wide, tall) {
    const [left, top] = [Math.min(x, x + wide), Math.min(y, y + tall)].map(this.number);
    return `x="${left}" y="${top}" width="${this.number(Math.abs(wide))}" `
      + `height="${this.number(Math.abs(tall))}"`;
  }
  transform() {
    const matrix = this.matrix.map(value => value / this.ratio);
    return matrix.join() === "1,0,0,1,0,0" ? "" : ` transform="matrix(${matrix.join(" ")})"`;
  }
  opacity(name) { return this.globalAlpha < 1 ? ` ${name}-opacity="${this.globalAlpha}"` : ""; }
  filled() { return `fill="${this.fillStyle}"${this.opacity("fill")}`; }
  stroked() {
    return `fill="none" stroke="${this.strokeStyle}" stroke-width="${this.number(this.lineWidth)}" `
      + `stroke-linejoin="${this.lineJoin}"${this.opacity("stroke")}`
      + (this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "");
  }
};
