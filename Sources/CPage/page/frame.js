// A chart: a canvas for marks, one for what is under the pointer, an SVG for axes; and the tip.
// A chart is drawn at most once a frame, and only while it is in the window.
"use strict";

// How many reports a chart draws at most. Beyond, it draws an even sample and says so.
Page.limit = 100000;

// What is to be drawn, in the order it was asked for. Each frame of the screen draws for a while alone: a
// drawing is a generator that says where it can be interrupted, and is continued with the next frame. So
// many charts, and large ones, do not hold up the pointer.
Page.drawing = (() => {
  // Milliseconds of a frame. For how long a drawing that is asked for again is begun again, and not first
  // completed. And how many pixels of finished pictures a frame takes: the browser copies them.
  const budget = 8, patience = 200, pixels = 350000;
  const waiting = new Map();
  let frames = 0;
  const step = () => {
    frames++;
    const start = performance.now();
    let copied = 0;
    const isOver = () => copied > pixels || performance.now() - start > budget;
    for (const [key, job] of waiting) {
      job.steps = job.steps || job.make();
      let isDone = false, value;
      while (!isDone) {
        ({ done: isDone, value } = job.steps.next());
        if (!isDone && (value === "frame" || isOver())) break;
      }
      if (isDone) {
        waiting.delete(key);
        copied += value || 0;
        if (job.isAsked) add(key, job.make);
      }
      if (isOver()) break;
    }
    if (waiting.size) requestAnimationFrame(step);
  };
  // A drawing yields where it can be interrupted, "frame" where it is to be, and returns how many pixels it
  // has drawn. `key` is whose it is: what is asked for again has one drawing.
  const add = (key, make) => {
    if (!waiting.size) requestAnimationFrame(step);
    const job = waiting.get(key);
    if (!job) waiting.set(key, { make, since: performance.now(), steps: null, isAsked: false });
    else if (job.steps && performance.now() - job.since < patience) job.steps = null;
    else job.isAsked = Boolean(job.steps);
  };
  // `frames` is how many frames something was drawn in.
  return { add, isDone: () => !waiting.size, frames: () => frames };
})();

// What a chart is drawn on: a canvas for marks, with pictures that are kept, and two SVGs for axes. Each
// chart has one in the window, and is given another to be saved. All measures are in pixels of the page,
// of which each has `ratio` of the canvas.
Page.Surface = class {
  constructor({ canvas, context, svg, under, margin }) {
    Object.assign(this, { canvas, context, svg, under, margin });
    [this.width, this.height, this.ratio] = [0, 0, 1];
    this.layers = new Map();
  }

  resize(width, height, ratio) {
    const { canvas } = this;
    [this.width, this.height, this.ratio] = [width, height, ratio];
    if (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio)) {
      return false;
    }
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    for (const layer of [this.under, this.svg]) layer.attr("width", width).attr("height", height);
    return true;
  }

  clear() {
    this.context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.context.clearRect(0, 0, this.width, this.height);
  }

  // Where the marks are, between the margins.
  inner() {
    const { margin, width, height } = this;
    return { left: margin.left, top: margin.top, right: width - margin.right,
      bottom: height - margin.bottom };
  }

  clip(body, context = this.context) {
    const { left, top, right, bottom } = this.inner();
    context.save();
    context.beginPath();
    context.rect(left - 5, top - 5, right - left + 10, bottom - top + 10);
    context.clip();
    body(context);
    context.restore();
  }

  // A picture of the surface's size that stays until its question changes: what only lies below what is
  // selected is not drawn again for each selection. Without a question it is made each time. `paint` is a
  // generator that adds marks to a raster. The picture before stays until the new one is there.
  *layer(name, question, paint) {
    const now = question && this.asked(question), layer = this.kept(name);
    if (now && layer.question === now) return layer.picture;
    const raster = new Page.Raster(this);
    yield* paint(raster);
    yield* raster.blended();
    this.fit(layer.picture);
    raster.show(layer.picture.getContext("2d"));
    layer.question = now;
    return layer.picture;
  }

  // As `layer`, painted by the canvas itself: `paint` is given its context.
  sheet(name, question, paint) {
    const now = this.asked(question), layer = this.kept(name);
    if (layer.question === now) return layer.picture;
    this.fit(layer.picture);
    const context = layer.picture.getContext("2d");
    context.scale(this.ratio, this.ratio);
    paint(context);
    layer.question = now;
    return layer.picture;
  }

  asked(question) {
    return JSON.stringify([question, this.canvas.width, this.canvas.height, Page.theme,
      Page.store && Page.store.version]);
  }

  kept(name) {
    if (!this.layers.has(name)) this.layers.set(name, { picture: Page.make("canvas"), question: null });
    return this.layers.get(name);
  }

  fit(picture) { [picture.width, picture.height] = [this.canvas.width, this.canvas.height]; }

  // The picture that a layer has now, of whatever question; nothing before the first.
  lastLayer(name) {
    return this.layers.has(name) && this.layers.get(name).question ? this.layers.get(name).picture : null;
  }

  // Lays a picture over the surface; `move` is how far it is out of date: its scale and its shift.
  over(picture, opacity, move = null) {
    const { context } = this;
    context.save();
    if (move) {
      const { left, top, right, bottom } = this.inner();
      context.beginPath();
      context.rect(left - 5, top - 5, right - left + 10, bottom - top + 10);
      context.clip();
      context.translate(move.x, move.y);
      context.scale(move.k, move.k);
      context.globalAlpha = opacity;
      context.drawImage(picture, 0, 0, this.width, this.height);
    } else {
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.globalAlpha = opacity;
      context.drawImage(picture, 0, 0);
    }
    context.restore();
  }
};

// `draw` draws all at once; `slices` in its stead is a generator, which clears the frame itself when what
// takes long is done, so that the last picture is seen until then. Both draw on the surface that they are
// given. `over` draws what is under the pointer, while `isOver` is true.
Page.frame = (host, { height, margin, label, draw, slices, over,
  isOver = () => Page.store.hovered !== null }) => {
  const area = Page.make("div", { class: "plot", tabindex: 0, role: "img", "aria-label": label });
  const canvas = Page.make("canvas");
  const cover = Page.make("canvas", { width: 0, height: 0 });
  // The grid lies below the marks, all else of the axes above them.
  const under = d3.select(area).append("svg").attr("aria-hidden", "true");
  area.append(canvas, cover);
  host.append(area);
  const svg = d3.select(area).append("svg").attr("aria-hidden", "true");
  const frame = new Page.Surface({ canvas, context: canvas.getContext("2d"), svg, under, margin });
  area.chart = frame;
  frame.area = area;
  // Whether what was asked for last is drawn, or being drawn.
  frame.isDrawn = () => !isStale;
  let isStale = true, isSeen = false, known = 0;
  const show = function* () {
    if (isStale) yield* paint();
    paintOver();
    return canvas.width * canvas.height;
  };
  const wait = () => { if (isSeen) Page.drawing.add(frame, show); };
  // Draws all again; `touch` draws what is under the pointer alone.
  frame.redraw = () => { isStale = true; wait(); };
  frame.touch = () => {
    if (isSeen && over) Page.drawing.add(cover, function* () { paintOver(); });
  };
  new IntersectionObserver(entries => {
    isSeen = entries[entries.length - 1].isIntersecting;
    if (isStale) wait();
  }, { rootMargin: "200px" }).observe(area);
  const tall = width => (typeof height === "function" ? height(width) : height);
  const paint = function* () {
    // Asking the area would lay the page out again.
    const width = known || area.clientWidth;
    if (width < 40 || !area.isConnected) return;
    isStale = false;
    if (frame.resize(width, tall(width), window.devicePixelRatio || 1)) {
      canvas.style.height = cover.style.height = area.style.height = `${frame.height}px`;
    }
    if (slices) { yield* slices(frame); return; }
    frame.clear();
    draw(frame);
  };
  let isCovered = false;
  const paintOver = () => {
    const isOn = Boolean(over && frame.width && isOver());
    if (!isOn && !isCovered) return;
    // An empty picture costs the browser as much as any.
    if (isOn && (cover.width !== canvas.width || cover.height !== canvas.height)) {
      [cover.width, cover.height] = [canvas.width, canvas.height];
    }
    isCovered = isOn;
    const context = cover.getContext("2d"), { ratio } = frame;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, frame.width, frame.height);
    if (isOn) frame.clip(() => over(context), context);
  };
  // All of the chart as SVG, drawn at once: what the canvas draws as shapes, pictures of many marks as
  // pictures, of `ratio` times as many pixels.
  frame.picture = ratio => {
    const own = Page.make("canvas"), width = known || area.clientWidth;
    const surface = new Page.Surface({ canvas: own, margin, svg: d3.create("svg"),
      under: d3.create("svg"), context: new Page.Recorder(own.getContext("2d"), ratio) });
    surface.resize(width, tall(width), ratio);
    if (slices) for (const _ of slices(surface));
    else { surface.clear(); draw(surface); }
    surface.svg.selectAll(".brush").remove();
    return surface;
  };
  // Its room is there before it is first drawn, so that the page does not jump.
  area.style.height = `${tall(area.clientWidth || 600)}px`;
  new ResizeObserver(entries => {
    const { width } = entries[entries.length - 1].contentRect;
    if (Math.round(width) !== known) { known = Math.round(width); frame.redraw(); }
  }).observe(area);
  return frame;
};

// A scale over values, with some room at both ends; one value alone stands in the middle.
Page.scale = (extent, range, isLog) => {
  let [least, greatest] = extent || [0, 1];
  if (isLog && least > 0) {
    if (least === greatest) { least /= 2; greatest *= 2; }
    const room = Math.pow(greatest / least, 0.04);
    return d3.scaleLog().domain([least / room, greatest * room]).range(range);
  }
  if (least === greatest) {
    const room = Math.abs(least) / 2 || 1;
    least -= room;
    greatest += room;
  }
  const room = (greatest - least) * 0.04;
  return d3.scaleLinear().domain([least - room, greatest + room]).range(range);
};

// A scale as plain arithmetic, for many values.
Page.placing = scale => {
  const [low, high] = scale.domain(), [from, to] = scale.range();
  if (scale.base) {
    const start = Math.log(low), step = (to - from) / (Math.log(high) - start);
    return value => from + step * (Math.log(value) - start);
  }
  const step = (to - from) / (high - low);
  return value => from + step * (value - low);
};

Page.ticks = (scale, count) => {
  if (scale.isWhole) return Page.ticks(scale.copy(), count).filter(Number.isInteger);
  if (!scale.base) return scale.ticks(count);
  const [least, greatest] = scale.domain();
  const decades = Math.log10(greatest / least);
  if (decades < 1) return d3.scaleLinear().domain(scale.domain()).ticks(count);
  const digits = decades > 3 ? [1] : decades > 1.5 ? [1, 3] : [1, 2, 5];
  const all = d3.range(Math.floor(Math.log10(least)), Math.ceil(Math.log10(greatest)) + 1)
    .flatMap(power => digits.map(digit => +`${digit}e${power}`))
    .filter(value => least <= value && value <= greatest);
  const step = Math.ceil(all.length / Math.max(2, count));
  return all.filter((_, index) => index % step === 0);
};

// The axes of a chart. An axis of choices has `xNames` or `yNames` in place of ticks, with their places.
Page.axes = (frame, x, y, { xName, yName, xTicks, yTicks, xNames, yNames }) => {
  const { left, top, right, bottom } = frame.inner();
  const format = Page.number;
  const horizontal = xNames ? [] : xTicks || Page.ticks(x, Math.max(2, (right - left) / 90));
  const vertical = yNames ? [] : yTicks || Page.ticks(y, Math.max(2, (bottom - top) / 50));
  // The same axes are not made again: that lays the page out.
  const question = JSON.stringify([frame.width, frame.height, xName, yName, horizontal, vertical,
    x.domain(), y.domain(), xNames, yNames]);
  let axes = frame.svg.select("g.axes");
  if (frame.axes === question && !axes.empty()) return false;
  frame.axes = question;
  if (axes.empty()) axes = frame.svg.append("g").attr("class", "axes");
  axes.selectAll("*").remove();
  frame.under.selectAll("*").remove();
  const grid = frame.under.append("g").attr("class", "grid");
  for (const value of vertical) {
    grid.append("line").attr("x1", left).attr("x2", right)
      .attr("y1", y(value)).attr("y2", y(value));
  }
  axes.append("g").attr("transform", `translate(0,${bottom})`)
    .call(d3.axisBottom(x).tickValues(horizontal).tickFormat(format).tickSizeOuter(0));
  axes.append("g").attr("transform", `translate(${left},0)`)
    .call(d3.axisLeft(y).tickValues(vertical).tickFormat(format).tickSizeOuter(0));
  axes.append("text").attr("class", "name").attr("x", right).attr("y", frame.height - 4)
    .attr("text-anchor", "end").text(xName);
  axes.append("text").attr("class", "name").attr("x", 4).attr("y", Math.max(11, top - 8))
    .text(yName);
  if (xNames) Page.axisNames(axes, xNames, { at: bottom + 15, length: right - left, isAcross: true });
  if (yNames) Page.axisNames(axes, yNames, { at: left - 6, length: bottom - top, isAcross: false });
  return true;
};

// The names of choices beside an axis: of many some, of long ones the beginning.
Page.axisNames = (axes, names, { at, length, isAcross }) => {
  const shown = Page.thinned(names, Math.max(1, Math.floor(length / (isAcross ? 28 : 14))));
  const room = isAcross ? length / shown.length / 7 : (at - 4) / 6.5;
  for (const [name, place] of shown) {
    const cut = name.length > room ? `${name.slice(0, Math.max(1, room - 1))}…` : name;
    axes.append("text").attr("x", isAcross ? place : at).attr("y", isAcross ? at : place)
      .attr("dy", isAcross ? null : "0.32em").attr("text-anchor", isAcross ? "middle" : "end")
      .text(cut).append("title").text(name);
  }
};

// Marks in the order of their tones, of which there are `count`: those of a tone end at its `ends`.
Page.byTone = (marks, toneOf, count) => {
  const ends = new Int32Array(count), tones = new Uint8Array(marks.length);
  for (let place = 0; place < marks.length; place++) {
    tones[place] = toneOf(marks[place]);
    ends[tones[place]]++;
  }
  const next = new Int32Array(count);
  for (let tone = 1; tone < count; tone++) {
    ends[tone] += ends[tone - 1];
    next[tone] = ends[tone - 1];
  }
  const sorted = ArrayBuffer.isView(marks) ? new marks.constructor(marks.length)
    : new Array(marks.length);
  for (let place = 0; place < marks.length; place++) sorted[next[tones[place]]++] = marks[place];
  return { marks: sorted, ends };
};

// The box beside the pointer: a title and groups of names with texts.
Page.tip = (() => {
  let box = null;
  const element = () => {
    if (!box) {
      box = Page.make("div", { id: "tip", hidden: true });
      document.body.append(box);
    }
    return box;
  };
  const hide = () => { element().hidden = true; };
  const show = (x, y, title, groups) => {
    const tip = element();
    tip.replaceChildren(Page.make("b", {}, title));
    for (const rows of groups.filter(group => group.length)) {
      const list = Page.make("dl");
      for (const [name, text] of rows.slice(0, 24)) {
        list.append(Page.make("dt", {}, name), Page.make("dd", {}, text));
      }
      tip.append(list);
    }
    tip.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = tip;
    const room = document.documentElement.clientWidth;
    tip.style.left = `${Math.max(4, x + 16 + width > room ? x - width - 16 : x + 16)}px`;
    tip.style.top = `${Math.max(4, Math.min(y + 12, window.innerHeight - height - 4))}px`;
  };
  return { hide, show };
})();

Page.tip.report = (store, index, x, y) => {
  const trial = store.trial(store.report.trial.values[index]);
  const place = store.onFront.has(index)
    ? store.objectives.length > 1 ? ", on the front" : ", best" : "";
  Page.tip.show(x, y, `trial ${trial.id}, ${trial.state}${place}`, [
    store.facts(index),
    store.configuration(trial).map(([parameter, value]) => [parameter.label, Page.shown(value)]),
  ]);
};

// Lets the pointer speak of trials: over a mark it shows one, a click selects it, a click beside all
// marks selects none. `find` gives the mark at a place, or null; `read` tells a mark's trial and the
// report of its tip, -1 for none; while `rests` is true of an event, moving shows nothing new. While
// `isKept`, the tip belongs to the keyboard: only a pointer that moves takes it over, and not a page that
// moves below the pointer.
Page.pointing = (frame, store, {
  find, rests = () => false, isKept = () => false,
  read = index => ({ trial: store.report.trial.values[index], report: index }),
}) => {
  const under = event => {
    const box = frame.area.getBoundingClientRect();
    const mark = find(event.clientX - box.left, event.clientY - box.top);
    return mark === null ? null : read(mark);
  };
  const isStill = event => isKept() && !event.movementX && !event.movementY;
  frame.area.addEventListener("pointermove", event => {
    if (rests(event) || isStill(event)) return;
    const found = under(event);
    if (found === null) { Page.tip.hide(); store.hover(null); return; }
    store.hover(found.trial);
    if (found.report >= 0) Page.tip.report(store, found.report, event.clientX, event.clientY);
  });
  frame.area.addEventListener("pointerleave", event => {
    if (isStill(event)) return;
    Page.tip.hide();
    store.hover(null);
  });
  frame.area.addEventListener("click", event => {
    const found = under(event);
    if (found !== null) store.select([found.trial], event.shiftKey);
    else if (!event.shiftKey) store.select([]);
  });
};

// Finds the mark nearest to a point. Marks are sorted into squares once: those of a square stand
// together in `order`, which begins at the square's `starts`.
Page.Finder = class {
  constructor(frame, reach, items, placeX, placeY) {
    this.reach = reach;
    this.columns = Math.ceil((frame.width + 1) / reach) + 1;
    const rows = Math.ceil((frame.height + 1) / reach) + 1;
    this.items = items;
    this.xs = new Float32Array(items.length);
    this.ys = new Float32Array(items.length);
    const squares = new Int32Array(items.length).fill(-1);
    this.starts = new Int32Array(this.columns * rows + 1);
    for (let place = 0; place < items.length; place++) {
      const x = this.xs[place] = placeX(items[place]), y = this.ys[place] = placeY(items[place]);
      if (!(x >= 0 && y >= 0 && x <= frame.width && y <= frame.height)) continue;
      squares[place] = Math.floor(y / reach) * this.columns + Math.floor(x / reach);
      this.starts[squares[place] + 1]++;
    }
    for (let square = 1; square < this.starts.length; square++) {
      this.starts[square] += this.starts[square - 1];
    }
    const next = this.starts.slice();
    this.order = new Int32Array(this.starts[this.starts.length - 1]);
    squares.forEach((square, place) => { if (square >= 0) this.order[next[square]++] = place; });
  }

  nearest(x, y) {
    let best = null, least = this.reach * this.reach;
    const column = Math.floor(x / this.reach), row = Math.floor(y / this.reach);
    for (let j = Math.max(0, row - 1); j <= row + 1; j++) {
      for (let i = Math.max(0, column - 1); i <= Math.min(column + 1, this.columns - 1); i++) {
        const square = j * this.columns + i;
        for (let at = this.starts[square]; at < (this.starts[square + 1] || 0); at++) {
          const place = this.order[at];
          const distance = (this.xs[place] - x) ** 2 + (this.ys[place] - y) ** 2;
          if (distance <= least) [best, least] = [this.items[place], distance];
        }
      }
    }
    return best;
  }
};

// An even sample of at most `limit` of `items`.
Page.thinned = (items, limit) => {
  if (items.length <= limit) return items;
  const step = items.length / limit;
  const sample = ArrayBuffer.isView(items) ? new items.constructor(limit) : new Array(limit);
  for (let place = 0; place < limit; place++) sample[place] = items[Math.floor(place * step)];
  return sample;
};

// A card with a heading and room for controls, in the page's grid.
Page.card = (id, title, isWide = false) => {
  const controls = Page.make("div", { class: "controls" });
  const note = Page.make("p", { class: "note", hidden: true });
  const body = Page.make("div", { class: "body" });
  const section = Page.make("section", { id, class: isWide ? "card wide" : "card",
    "aria-labelledby": `${id}-title` },
    Page.make("header", {}, Page.make("h2", { id: `${id}-title` }, title), controls), body, note);
  document.getElementById("views").append(section);
  const say = text => {
    if (note.textContent === (text || "")) return;
    note.hidden = !text;
    note.textContent = text || "";
  };
  // A card with nothing to show is its heading and a sentence that says why; without one it is complete.
  const why = Page.make("p", { class: "note why-empty" });
  section.append(why);
  const empty = sentence => {
    if (why.textContent === sentence) return;
    why.textContent = sentence;
    section.classList.toggle("is-empty", Boolean(sentence));
  };
  // What costs a layout waits until the card is in the window, the last of it alone.
  let isSeen = false, waiting = null;
  new IntersectionObserver(entries => {
    isSeen = entries[entries.length - 1].isIntersecting;
    if (!isSeen || !waiting) return;
    const act = waiting;
    waiting = null;
    act();
  }, { rootMargin: "200px" }).observe(section);
  const whenSeen = act => { if (isSeen) act(); else waiting = act; };
  return { section, title, controls, body, say, empty, whenSeen };
};

// Why charts of reports are empty; nothing where they are not.
Page.whyEmpty = store => !store.metrics.length ? "The study has no metrics yet."
  : !store.reportCount ? "There are no reports yet." : "";

// A card whose charts can be saved.
Page.chartCard = (id, title, isWide = false) => {
  const card = Page.card(id, title, isWide);
  card.section.querySelector("header").append(Page.saveButtons(card));
  return card;
};
