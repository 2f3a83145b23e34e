// What all views share: numbers as text, elements, colours.
"use strict";

const Page = { views: [] };

// As the program's tables write numbers: six digits, 1e-05, integers with all of theirs.
Page.number = value => {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const [mantissa, exponent] = value.toExponential(5).split("e").map(Number);
  if (-4 <= exponent && exponent < 6) return String(+value.toPrecision(6));
  const digits = String(Math.abs(exponent)).padStart(2, "0");
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${digits}`;
};

// A value of a parameter or a metric, for people.
Page.shown = value => {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return Page.number(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

Page.count = (number, noun) => `${Page.number(number)} ${noun}${number === 1 ? "" : "s"}`;

Page.duration = seconds => {
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 60) return `${+seconds.toPrecision(seconds < 10 ? 2 : 3)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.round(hours / 24)} days`;
};

// A moment in seconds since 1970, on the reader's clock.
Page.moment = seconds => {
  if (!Number.isFinite(seconds)) return "–";
  const date = new Date(1000 * seconds), two = number => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} `
    + `${two(date.getHours())}:${two(date.getMinutes())}`;
};

// How long ago a moment was.
Page.ago = seconds => {
  const passed = Date.now() / 1000 - seconds;
  if (passed < 10) return "just now";
  return `${Page.duration(passed < 60 ? Math.round(passed) : passed)} ago`;
};

Page.size = bytes => {
  const units = ["B", "kB", "MB", "GB"];
  let unit = 0;
  for (; bytes >= 1000 && unit < 3; unit++) bytes /= 1000;
  return `${unit ? +bytes.toPrecision(3) : bytes} ${units[unit]}`;
};

// An element with attributes and children. Texts go in as text and never as markup.
Page.make = (name, attributes, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
};

Page.menu = (label, options, value, change) => {
  const select = Page.make("select", { onchange: () => change(select.value) });
  for (const [key, text] of options) {
    select.append(Page.make("option", { value: key, selected: key === value }, text));
  }
  return Page.make("label", {}, label, select);
};

Page.checkbox = (label, value, change) => {
  const box = Page.make("input", {
    type: "checkbox", checked: value, onchange: () => change(box.checked),
  });
  return Page.make("label", {}, box, label);
};

// Controls that stay on one line.
Page.pair = (...controls) => Page.make("span", { class: "pair" }, ...controls);

// Replaces what is in an element. Where the keyboard is stays, and what was opened stays open.
Page.renew = (host, children) => {
  const all = () => [...host.querySelectorAll("a, button, summary, input, select")];
  const focused = all().indexOf(document.activeElement);
  const text = focused < 0 ? "" : document.activeElement.textContent;
  const opened = [...host.querySelectorAll("details")].map(element => element.open);
  host.replaceChildren(...children);
  host.querySelectorAll("details").forEach((element, index) => {
    element.open = Boolean(opened[index]);
  });
  if (focused < 0) return;
  const now = all();
  const same = now[focused] && now[focused].textContent === text ? now[focused]
    : now.find(element => element.textContent === text) || now[focused];
  if (same) same.focus({ preventScroll: true });
};

Page.copyButton = (label, text) => {
  const button = Page.make("button", { type: "button" }, label);
  button.addEventListener("click", async event => {
    event.stopPropagation();
    const value = text();
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Pages from files have no clipboard in some browsers.
      const area = Page.make("textarea", { class: "unseen" });
      area.value = value;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    button.textContent = "copied";
    setTimeout(() => { button.textContent = label; }, 1200);
  });
  return button;
};

// Has the browser save a text as a file.
Page.save = (name, type, text) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Page.make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
};

// Okabe and Ito's colours, which the colour-blind tell apart; each state has a sign besides.
Page.states = {
  completed: { color: "#009e73", sign: "●" },
  stopped: { color: "#d55e00", sign: "✕" },
  paused: { color: "#e69f00", sign: "‖" },
  running: { color: "#0072b2", sign: "○" },
  failed: { color: "#cc79a7", sign: "▲" },
  abandoned: { color: "#8a8f98", sign: "□" },
};
Page.stateColor = state => (Page.states[state] || Page.states.abandoned).color;

Page.isDark = () => {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
};

// Asked for once for each theme: to ask has the browser work out the styles of all that has changed.
Page.colors = new Map();
Page.color = name => {
  if (!Page.colors.has(name)) {
    Page.colors.set(name,
      getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  }
  return Page.colors.get(name);
};

// 32 steps of cividis, without the end that would not stand out from the background.
Page.shades = () => {
  const dark = Page.isDark();
  return d3.range(32).map(step => {
    const place = step / 31;
    return d3.interpolateCividis(dark ? 0.25 + 0.75 * place : 0.88 * (1 - place));
  });
};

// What colours of a scale mean: its ends with numbers, or what each state looks like.
Page.key = (host, { name, extent, isLog, trials }) => {
  host.replaceChildren();
  if (name === "state") {
    const present = new Set(trials.map(trial => trial.state));
    for (const [state, { sign, color }] of Object.entries(Page.states)) {
      if (!present.has(state)) continue;
      const mark = Page.make("i", {}, sign);
      mark.style.color = color;
      host.append(Page.make("span", {}, mark, state));
    }
    return;
  }
  if (!extent) return;
  host.append(Page.make("span", {}, name),
    Page.ramp(Page.number(extent[0]), Page.number(extent[1]) + (isLog ? " (log)" : "")));
};

// All shades between what the first and the last mean.
Page.ramp = (first, last) => {
  const ramp = Page.make("span", { class: "ramp" });
  ramp.style.background = `linear-gradient(to right, ${Page.shades().join(", ")})`;
  return Page.make("span", { class: "scale" }, Page.make("span", {}, first), ramp,
    Page.make("span", {}, last));
};

// Whether a logarithmic axis shows more: values are positive, spread over two powers of ten or more, and
// a linear axis would press half of them into its lowest tenth. So do the program's pictures.
Page.wantsLog = values => {
  const extent = Page.extent(values);
  if (!Page.spansDecades(extent)) return false;
  let count = 0, low = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count++;
    if (Page.isLow(value, extent)) low++;
  }
  return 2 * low >= count;
};
Page.spansDecades = extent => extent !== null && extent[0] > 0 && extent[1] / extent[0] >= 100;
// Whether a value is in the lowest tenth of a linear axis.
Page.isLow = (value, [least, greatest]) => value < least + (greatest - least) / 10;

// The least, the greatest and the least positive value of some rows of a column.
Page.span = (values, rows) => {
  let least = Infinity, greatest = -Infinity, positive = Infinity;
  for (let place = 0; place < rows.length; place++) {
    const value = values[rows[place]];
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    if (value > 0 && value < positive) positive = value;
  }
  const wantsLog = () => {
    if (!Page.spansDecades([least, greatest])) return false;
    let count = 0, low = 0;
    for (let place = 0; place < rows.length; place++) {
      const value = values[rows[place]];
      if (!Number.isFinite(value)) continue;
      count++;
      if (Page.isLow(value, [least, greatest])) low++;
    }
    return 2 * low >= count;
  };
  return {
    wantsLog: wantsLog(),
    extent: isLog => {
      const low = isLog ? positive : least;
      return low <= greatest ? [low, greatest] : null;
    },
  };
};

Page.extent = values => {
  let least = Infinity, greatest = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return least <= greatest ? [least, greatest] : null;
};
