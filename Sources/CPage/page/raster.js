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
    this.ratio = frame.ratio;
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

  // How much of each pixel about its middle a disc covers, in 256ths; in rows of `wide`.
  static disc(radius) {
    const reach = Math.ceil(radius), wide = 2 * reach + 1, shares = new Uint16Array(wide * wide);
    for (let row = 0; row < wide; row++) {
      for (let column = 0; column < wide; column++) {
        const distance = Math.hypot(row - reach, column - reach);
        shares[row * wide + column] =
          Math.round(256 * Math.max(0, Math.min(1, radius + 0.5 - distance)));
      }
    }
    return { shares, wide, reach };
  }

  // A round mark about a point; nothing where the point is none.
  stamp({ shares, wide, reach }, x, y) {
    const left = Math.round(x * this.ratio - 0.5) - reach, top = Math.round(y * this.ratio - 0.5) - reach;
    if (!(left >= this.left && top >= this.top && left + wide <= this.right
      && top + wide <= this.bottom)) return;
    for (let row = 0, at = 0; row < wide; row++) {
      for (let column = 0; column < wide; column++, at++) {
        const share = shares[at] * this.opacity >> 8;
        if (share > 0) this.blend(left + column, top + row, share);
      }
    }
  }

  // Round marks, as `dots`; where `rim` is given, each has a border of that colour.
  *discs({ marks, ends, placeX, placeY, palette, opacity, radius, rim = null }) {
    const inner = Page.Raster.disc(radius * this.ratio);
    const outer = rim ? Page.Raster.disc((radius + 0.9) * this.ratio) : null;
    let place = 0;
    for (let tone = 0; tone < palette.length; tone++) {
      for (; place < ends[tone]; place++) {
        const x = placeX(marks[place]), y = placeY(marks[place]);
        if (rim) {
          this.ink(rim, opacity);
          this.stamp(outer, x, y);
        }
        this.ink(palette[tone], opacity);
        this.stamp(inner, x, y);
        if (place % 512 === 511) yield;
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

  // Makes colours of what was added: until now they were multiplied by their opacity. In slices.
  *blended() {
    const { bytes, words } = this, slice = 1 << 17;
    for (let first = 0; first < words.length; first += slice) {
      const end = Math.min(words.length, first + slice);
      for (let pixel = first; pixel < end; pixel++) {
        if (words[pixel] === 0) continue;
        const at = 4 * pixel, opacity = bytes[at + 3];
        if (opacity === 0 || opacity === 255) continue;
        const share = 255 / opacity;
        bytes[at] *= share;
        bytes[at + 1] *= share;
        bytes[at + 2] *= share;
      }
      yield;
    }
  }

  // Puts all that was added, and blended, in the place of what is in a picture.
  show(context) { context.putImageData(this.image, 0, 0); }

  // Dots in the order of their tones (`Page.byTone`), which are places in `palette`; all have the same
  // opacity. In slices.
  *dots({ marks, ends, placeX, placeY, palette, opacity }) {
    const slice = 1 << 13;
    let place = 0;
    for (let tone = 0; tone < palette.length; tone++) {
      if (place < ends[tone]) this.ink(palette[tone], opacity);
      while (place < ends[tone]) {
        const end = Math.min(ends[tone], place + slice);
        for (; place < end; place++) this.dot(placeX(marks[place]), placeY(marks[place]));
        yield;
      }
    }
  }
};
