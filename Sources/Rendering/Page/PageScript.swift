/// Shows the report nearest to the pointer, and walks along the front with the arrow keys.
///
/// Works on the columns of `PageData`. Positions are computed from the scales and not stored, and
/// each panel sorts its points into squares on first use, so that 100,000 of them answer at once.
/// Texts go in as text and never as markup.
let pageScript = #"""
    "use strict";
    (() => {
      const data = JSON.parse(document.getElementById("data").textContent);
      const figure = document.getElementById("figure");
      const svg = figure.querySelector("svg");
      const tip = document.getElementById("tip");
      const spoken = document.getElementById("spoken");
      const points = data.points;
      const reach = 24;

      const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      ring.setAttribute("class", "pick");
      ring.setAttribute("r", "8");
      ring.setAttribute("visibility", "hidden");
      svg.appendChild(ring);
      // The page shows more than the browser's own tooltips would.
      svg.querySelectorAll(".front title").forEach(title => title.remove());

      const place = (scale, value) => {
        const [isLogarithmic, lower, upper] = scale;
        if (isLogarithmic) {
          return (Math.log10(value) - Math.log10(lower)) / (Math.log10(upper) - Math.log10(lower));
        }
        return (value / 2 - lower / 2) / (upper / 2 - lower / 2);
      };
      const values = index => index < 0 ? points.resource : points.objectives[index];
      const pixel = (panel, point) => [
        panel.left + place(panel.xScale, values(panel.x)[point]) * panel.width,
        panel.top + (1 - place(panel.yScale, values(panel.y)[point])) * panel.height,
      ];

      const squares = panel => {
        if (panel.squares) return panel.squares;
        panel.squares = new Map();
        for (const point of points.shown) {
          const [x, y] = pixel(panel, point);
          const key = Math.floor(x / reach) * 4096 + Math.floor(y / reach);
          if (!panel.squares.has(key)) panel.squares.set(key, []);
          panel.squares.get(key).push(point);
        }
        return panel.squares;
      };
      const nearest = (panel, x, y) => {
        let best = -1, bestDistance = reach * reach;
        const column = Math.floor(x / reach), row = Math.floor(y / reach);
        for (let i = column - 1; i <= column + 1; i++) {
          for (let j = row - 1; j <= row + 1; j++) {
            for (const point of squares(panel).get(i * 4096 + j) || []) {
              const [px, py] = pixel(panel, point);
              const distance = (px - x) ** 2 + (py - y) ** 2;
              if (distance <= bestDistance) [best, bestDistance] = [point, distance];
            }
          }
        }
        return best;
      };

      // As `readable` writes numbers in the tables.
      const number = value => {
        if (value === null) return "–";
        if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
        const [mantissa, exponent] = value.toExponential(5).split("e").map(Number);
        if (-4 <= exponent && exponent < 6) return String(+value.toPrecision(6));
        const digits = String(Math.abs(exponent)).padStart(2, "0");
        return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
      };
      const named = details => {
        const rows = [];
        for (let i = 0; i < (details || []).length; i += 2) {
          rows.push([data.names[details[i]], details[i + 1]]);
        }
        return rows;
      };
      const facts = point => [
        [[data.resource, number(points.resource[point])]]
          .concat(data.objectives.map((name, i) => [name, number(points.objectives[i][point])]))
          .concat(named(points.details[point])),
        named(data.trials[points.trial[point]]),
      ];
      const element = (name, text) => {
        const made = document.createElement(name);
        made.textContent = text;
        return made;
      };
      const head = point => "trial " + points.trial[point]
        + (data.onFront.has(point) ? (data.objectives.length > 1 ? ", on the front" : ", best") : "");

      const hide = () => {
        tip.hidden = true;
        ring.setAttribute("visibility", "hidden");
      };
      const show = (panel, point) => {
        const [x, y] = pixel(panel, point);
        ring.setAttribute("cx", x);
        ring.setAttribute("cy", y);
        ring.setAttribute("visibility", "visible");
        tip.replaceChildren(element("b", head(point)));
        for (const group of facts(point)) {
          if (group.length === 0) continue;
          const list = document.createElement("dl");
          for (const [name, value] of group) list.append(element("dt", name), element("dd", value));
          tip.append(list);
        }
        tip.hidden = false;
        const box = svg.getBoundingClientRect();
        const scale = box.width / svg.viewBox.baseVal.width;
        const right = x * scale + 16;
        const fits = right + tip.offsetWidth <= box.width;
        tip.style.left = Math.max(0, fits ? right : x * scale - 16 - tip.offsetWidth) + "px";
        tip.style.top = Math.max(0, Math.min(y * scale + 8, box.height - tip.offsetHeight)) + "px";
      };

      data.onFront = new Set(points.front);
      const follow = event => {
        const box = svg.getBoundingClientRect();
        const scale = svg.viewBox.baseVal.width / box.width;
        const x = (event.clientX - box.left) * scale, y = (event.clientY - box.top) * scale;
        const panel = data.panels.find(p => x > p.left - 12 && x < p.left + p.width + 12
          && y > p.top - 12 && y < p.top + p.height + 12);
        const point = panel ? nearest(panel, x, y) : -1;
        if (point < 0) hide(); else show(panel, point);
      };
      svg.addEventListener("pointermove", follow);
      svg.addEventListener("pointerdown", follow);
      svg.addEventListener("pointerleave", hide);

      const first = data.panels[0];
      const walk = points.front.slice().sort((a, b) => pixel(first, a)[0] - pixel(first, b)[0]);
      let at = -1;
      figure.addEventListener("keydown", event => {
        const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
        if (event.key === "Escape") hide();
        if (!step || walk.length === 0) return;
        event.preventDefault();
        at = at < 0 ? (step > 0 ? 0 : walk.length - 1)
          : Math.min(walk.length - 1, Math.max(0, at + step));
        show(first, walk[at]);
        spoken.textContent = head(walk[at]) + ": "
          + facts(walk[at]).flat().map(([name, value]) => name + " " + value).join(", ");
      });
      figure.addEventListener("blur", hide);
    })();

    """#
