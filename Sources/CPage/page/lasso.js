// Selects by a drag on a chart: what is in a box, or within a line that is drawn around it.
"use strict";

// Whether a place is within an outline, a list of places; its last is joined to its first.
Page.inside = outline => {
  const [[left, right], [top, bottom]] = [0, 1].map(side => d3.extent(outline, place => place[side]));
  return (x, y) => {
    if (!(left <= x && x <= right && top <= y && y <= bottom)) return false;
    let isIn = false;
    for (let here = 0, before = outline.length - 1; here < outline.length; before = here++) {
      const [x1, y1] = outline[here], [x2, y2] = outline[before];
      if (y1 > y !== y2 > y && x < x1 + (x2 - x1) * (y - y1) / (y2 - y1)) isIn = !isIn;
    }
    return isIn;
  };
};

Page.boxAround = ([[x1, y1], [x2, y2]]) => [[x1, y1], [x2, y1], [x2, y2], [x1, y2]];

// `shape` tells what a drag draws now, "box" or "lasso", or else that it draws nothing; `choose` is given
// the outline when it is complete, and whether it adds.
Page.lasso = (frame, { shape, choose }) => {
  const { area } = frame, least = 4;
  let places = null, pointer = null, hasDragged = false;
  const at = event => {
    const box = area.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const isFar = ([x1, y1], [x2, y2], distance) => Math.hypot(x1 - x2, y1 - y2) >= distance;
  const outline = () => shape() === "box"
    ? Page.boxAround([places[0], places[places.length - 1]]) : places;
  const end = () => {
    [places, pointer] = [null, null];
    frame.touch();
  };
  area.addEventListener("pointerdown", event => {
    hasDragged = false;
    if (!["box", "lasso"].includes(shape()) || event.button !== 0 || !event.isPrimary) return;
    // Else the browser would mark texts.
    event.preventDefault();
    area.focus({ preventScroll: true });
    area.setPointerCapture(event.pointerId);
    [places, pointer] = [[at(event)], event.pointerId];
  });
  area.addEventListener("pointermove", event => {
    if (event.pointerId !== pointer) return;
    const place = at(event);
    if (!isFar(place, places[places.length - 1], 2)) return;
    hasDragged = hasDragged || isFar(place, places[0], least);
    places.push(place);
    frame.touch();
  });
  area.addEventListener("pointerup", event => {
    if (event.pointerId !== pointer) return;
    const drawn = outline();
    end();
    if (hasDragged) choose(drawn, event.shiftKey);
  });
  area.addEventListener("pointercancel", end);
  area.addEventListener("keydown", event => {
    if (event.key !== "Escape" || !places) return;
    event.stopImmediatePropagation();
    end();
  });
  // The click at the end of a drag is none.
  area.addEventListener("click", event => {
    if (hasDragged) event.stopImmediatePropagation();
    hasDragged = false;
  }, true);
  return {
    isOn: () => places !== null && hasDragged,
    draw: context => {
      context.beginPath();
      for (const place of outline()) context.lineTo(...place);
      context.closePath();
      context.fillStyle = context.strokeStyle = Page.color("accent");
      context.globalAlpha = 0.12;
      context.fill();
      context.globalAlpha = 1;
      context.lineWidth = 1.2;
      context.setLineDash([4, 3]);
      context.stroke();
      context.setLineDash([]);
    },
  };
};
