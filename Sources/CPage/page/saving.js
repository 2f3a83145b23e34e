// Saves the charts of a card as one picture: as SVG, or as PNG of twice as many pixels.
"use strict";

(() => {
  const margin = 14, ratio = 2;

  // The colours and fonts of the page, for what its style sheet draws in the window.
  const style = () => `.axes-of text { fill: ${Page.color("muted")}; font: 11px system-ui, sans-serif; }
.axes-of text.name { fill: ${Page.color("text")}; font-size: 12px; }
.axes-of text.halo { paint-order: stroke; stroke: ${Page.color("card")}; stroke-width: 3px; }
.axes-of line, .axes-of path.domain { stroke: ${Page.color("muted")}; }
.axes-of .grid line { stroke: ${Page.color("line")}; opacity: .7; }
.note { fill: ${Page.color("muted")}; font: 12px system-ui, sans-serif; }
.title { fill: ${Page.color("text")}; font: 600 15px system-ui, sans-serif; }`;

  const measuring = Page.make("canvas").getContext("2d");
  const measure = (text, font = "12px") => {
    measuring.font = `${font} system-ui, sans-serif`;
    return measuring.measureText(text).width;
  };
  const text = (text, x, y, name = "note") =>
    `<text class="${name}" x="${x}" y="${y}">${Page.escaped(text)}</text>`;

  // A chart with its place in the card.
  const chart = (area, { left, top }) => {
    const box = area.getBoundingClientRect(), surface = area.chart.picture(ratio);
    const axes = svg => new XMLSerializer().serializeToString(svg.node())
      .replace("<svg ", '<svg class="axes-of" overflow="visible" ');
    const [x, y] = [Math.round(box.left - left), Math.round(box.top - top)];
    return { right: x + surface.width, bottom: y + surface.height,
      svg: `<g transform="translate(${x} ${y})">${axes(surface.under)}${surface.context.svg}`
        + `${axes(surface.svg)}</g>` };
  };
  // The card may be scrolled sideways: the leftmost chart stands at its left.
  const origin = areas => {
    const boxes = areas.map(area => area.getBoundingClientRect());
    return { left: d3.min(boxes, box => box.left), top: d3.min(boxes, box => box.top) };
  };

  // What a key shows, one piece behind the other.
  const pieces = key => [...key.childNodes].flatMap(node => {
    if (node.nodeType === Node.TEXT_NODE) return [{ text: node.textContent }];
    if (node.classList.contains("ramp")) return [{ ramp: Page.shades() }];
    if (node.classList.contains("scale")) return pieces(node);
    const sign = node.querySelector("i");
    const own = [...node.childNodes].filter(child => child !== sign).map(child => child.textContent);
    return [{ sign: sign && sign.textContent, color: sign && sign.style.color, text: own.join("") }];
  });
  const ramp = (shades, x, y) => shades.map((shade, step) =>
    `<rect x="${x + 120 * step / shades.length}" y="${y - 10}" width="${120 / shades.length + 0.3}" `
    + `height="10" fill="${shade}"/>`).join("");
  // Gives the SVG of all keys, and how far down they reach.
  const keys = (all, width, top) => {
    let [svg, y] = ["", top];
    for (const key of all) {
      let x = 0;
      y += 20;
      for (const piece of pieces(key)) {
        const wide = piece.ramp ? 120 : measure(`${piece.sign ? `${piece.sign} ` : ""}${piece.text}`);
        if (x > 0 && x + wide > width) [x, y] = [0, y + 18];
        if (piece.ramp) { svg += ramp(piece.ramp, x, y); x += wide + 12; continue; }
        if (piece.sign) {
          svg += `<text class="note" x="${x}" y="${y}" style="fill: ${piece.color}; font-weight: 700">`
            + `${Page.escaped(piece.sign)}</text>`;
        }
        svg += text(piece.text, x + (piece.sign ? measure(`${piece.sign} `) : 0), y);
        x += wide + 12;
      }
    }
    return { svg, bottom: y };
  };
  // A text in lines of a width.
  const lines = (text, width, font) => text.split(" ").reduce((all, word) => {
    const longer = `${all[all.length - 1]} ${word}`;
    if (all.length && measure(longer, font) <= width) return [...all.slice(0, -1), longer];
    return [...all, word];
  }, []);
  // Sentences below each other.
  const paragraphs = (sentences, { width, top, name = "note", font = "12px", step = 18 }) => {
    let [svg, y] = ["", top];
    for (const line of sentences.flatMap(sentence => lines(sentence, width, font))) {
      y += step;
      svg += text(line, 0, y, name);
    }
    return { svg, bottom: y };
  };

  // All charts of a card with its keys and notes; nothing where it has no chart.
  Page.asSVG = card => {
    const areas = [...card.body.querySelectorAll(".plot")];
    if (!areas.length) return null;
    const charts = areas.map(area => chart(area, origin(areas)));
    const width = d3.max(charts, ({ right }) => right);
    const legends = [...card.section.querySelectorAll(".key")].filter(key => key.textContent);
    const said = [...card.section.querySelectorAll(".gain, .note:not([hidden], .why-empty)")]
      .map(note => note.textContent).filter(Boolean);
    const key = keys(legends, width, d3.max(charts, ({ bottom }) => bottom));
    const note = paragraphs(said, { width, top: key.bottom });
    const heading = `${document.querySelector("h1").textContent}: ${card.title}`;
    const title = paragraphs([heading], { width, top: -6, name: "title", font: "600 15px", step: 20 });
    const top = margin + title.bottom + 10;
    const [wide, tall] = [width + 2 * margin, top + note.bottom + margin];
    const group = (y, content) => `<g transform="translate(${margin} ${y})">${content}</g>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" `
      + `viewBox="0 0 ${wide} ${tall}"><style>${style()}</style>`
      + `<rect width="${wide}" height="${tall}" fill="${Page.color("card")}"/>`
      + group(margin, title.svg)
      + group(top, `${charts.map(({ svg }) => svg).join("")}${key.svg}${note.svg}`) + "</svg>";
  };

  const dataURL = blob => new Promise((done, fail) => {
    const reader = new FileReader();
    [reader.onload, reader.onerror] = [() => done(reader.result), () => fail(reader.error)];
    reader.readAsDataURL(blob);
  });
  // An SVG in pixels.
  Page.asPNG = async svg => {
    const image = new Image();
    image.src = await dataURL(new Blob([svg], { type: "image/svg+xml" }));
    await image.decode();
    const canvas = Page.make("canvas", { width: ratio * image.width, height: ratio * image.height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise(done => canvas.toBlob(done, "image/png"));
  };

  const save = async (card, kind) => {
    const svg = Page.asSVG(card);
    if (!svg) { Page.speak("there is no chart yet"); return; }
    const name = `${document.querySelector("h1").textContent} ${card.title.toLowerCase()}.${kind}`;
    if (kind === "svg") Page.save(name, "image/svg+xml", svg);
    else Page.save(name, "image/png", await Page.asPNG(svg));
  };
  // Buttons for the head of a card with charts.
  Page.saveButtons = card => Page.make("span", { class: "saves" }, ...["png", "svg"].map(kind => {
    const label = `save ${card.title} as ${kind.toUpperCase()}`;
    return Page.make("button", { type: "button", title: label, "aria-label": label,
      onclick: () => save(card, kind) }, kind.toUpperCase());
  }));
})();
