// Many marks at once: written into a frame's picture itself, which takes a fraction of the time that the
// canvas takes for as many calls. Colours lie over one another by their opacity.
"use strict";

Page.inks = new Map();

Page.Raster = class {
  constructor(frame) {
    const { width, height } = frame.canvas;
    if (!frame.image || frame.image.width !== width || frame.image.height !== height) {
      frame.image = frame.context.createImageData(width, height);
    }
    [this.image, this.width] = [frame.image, width];
    // While marks are added, colours are multiplied by their opacity, so that one formula fits all four.
    this.bytes = this.image.data;
    this.bytes.fill(0);
    this.words = new Uint32Array(this.bytes.buffer);
    this.ratio = width / frame.width;
    const { left, top, right, bottom } = frame.inner();
    const scaled = value => Math.round(value * this.ratio);
    [this.left, this.right] = [Math.max(0, scaled(left - 5)), Math.min(width, scaled(right + 5))];
    [this.top, this.bottom] = [Math.max(0, scaled(top - 5)), Math.min(height, scaled(bottom + 5))];
  }

  // The colour of all marks from now on; the opacity is from 0 to 1.
  ink(color, opacity) {
    if (!Page.inks.has(color)) Page.inks.set(color, d3.rgb(color));
    const { r, g, b } = Page.inks.get(color);
    this.red = r;
    this.green = g;
    this.blue = b;
    this.opacity = Math.round(256 * opacity);
    const share = value => Math.round(value * opacity);
    this.word = (share(255) << 24 | share(b) << 16 | share(g) << 8 | share(r)) >>> 0;
  }

  // Lays the colour over a pixel that is in the picture; `share` of 256.
  blend(x, y, share) {
    const at = 4 * (y * this.width + x), bytes = this.bytes;
    bytes[at] += (this.red - bytes[at]) * share >> 8;
    bytes[at + 1] += (this.green - bytes[at + 1]) * share >> 8;
    bytes[at + 2] += (this.blue - bytes[at + 2]) * share >> 8;
    bytes[at + 3] += (255 - bytes[at + 3]) * share >> 8;
  }

  // A rectangle between two corners, in pixels of the page.
  box(left, top, right, bottom) {
    const first = Math.max(this.left, Math.round(left * this.ratio));
    const last = Math.min(this.right, Math.max(first + 1, Math.round(right * this.ratio)));
    const end = Math.min(this.bottom, Math.round(bottom * this.ratio));
    for (let y = Math.max(this.top, Math.round(top * this.ratio)); y < end; y++) {
      for (let x = first; x < last; x++) this.blend(x, y, this.opacity);
    }
  }

  // A square about a point, in the place of what is there; nothing where the point is none.
  dot(x, y, size = 2) {
    const wide = Math.round(size * this.ratio);
    const first = Math.round(x * this.ratio - wide / 2), top = Math.round(y * this.ratio - wide / 2);
    if (!(first >= this.left && top >= this.top && first + wide <= this.right
      && top + wide <= this.bottom)) return;
    for (let row = top; row < top + wide; row++) {
      for (let column = first; column < first + wide; column++) {
        this.words[row * this.width + column] = this.word;
      }
    }
  }

  // A smooth line (Wu 1991): each step of its longer side shares its colour between two pixels.
  line(fromX, fromY, toX, toY) {
    const isSteep = Math.abs(toY - fromY) > Math.abs(toX - fromX), ratio = this.ratio;
    let along = (isSteep ? fromY : fromX) * ratio - 0.5, across = (isSteep ? fromX : fromY) * ratio - 0.5;
    let end = (isSteep ? toY : toX) * ratio - 0.5, other = (isSteep ? toX : toY) * ratio - 0.5;
    if (along > end) {
      let swapped = along;
      along = end;
      end = swapped;
      swapped = across;
      across = other;
      other = swapped;
    }
    const slope = end > along ? (other - across) / (end - along) : 0;
    const [low, high] = isSteep ? [this.top, this.bottom] : [this.left, this.right];
    const [least, greatest] = isSteep ? [this.left, this.right] : [this.top, this.bottom];
    const first = Math.max(low, Math.round(along)), last = Math.min(high, Math.round(end));
    let place = across + slope * (first - along);
    for (let step = first; step < last; step++, place += slope) {
      const base = Math.floor(place), share = Math.round(this.opacity * (place - base));
      if (base >= least && base < greatest) {
        if (isSteep) this.blend(base, step, this.opacity - share);
        else this.blend(step, base, this.opacity - share);
      }
      if (share > 0 && base + 1 >= least && base + 1 < greatest) {
        if (isSteep) this.blend(base + 1, step, share); else this.blend(step, base + 1, share);
      }
    }
  }

  // Puts all that was added in the place of what is in a picture.
  show(context) {
    const bytes = this.bytes;
    for (let at = 0; at < bytes.length; at += 4) {
      const opacity = bytes[at + 3];
      if (opacity === 0 || opacity === 255) continue;
      const share = 255 / opacity;
      bytes[at] *= share;
      bytes[at + 1] *= share;
      bytes[at + 2] *= share;
    }
    context.putImageData(this.image, 0, 0);
  }

  // Dots: each one's tone is its place in `palette`, of which all have the same opacity.
  dots({ marks, placeX, placeY, tones, palette, opacity }) {
    palette.forEach((color, tone) => {
      let isInk = false;
      for (let place = 0; place < marks.length; place++) {
        if (tones[place] !== tone) continue;
        if (!isInk) this.ink(color, opacity);
        isInk = true;
        this.dot(placeX(marks[place]), placeY(marks[place]));
      }
    });
  }
};
