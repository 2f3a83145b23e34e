// A trial's configuration as text to paste: a Lua table, JSON, options of a command line.
"use strict";

(() => {
  // Integers beyond 2^53 come as texts, so that no digit is lost.
  const isNumeric = parameter => parameter.kind === "int" || parameter.kind === "real";

  const luaString = text => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")
    .replace(/\r/g, "\\r").replace(/\0/g, "\\0")}"`;
  const luaWords = new Set(("and break do else elseif end false for function goto if in local nil "
    + "not or repeat return then true until while").split(" "));
  const luaKey = key => typeof key === "number" ? `[${key}]`
    : /^[A-Za-z_]\w*$/.test(key) && !luaWords.has(key) ? key
    : `[${luaString(key)}]`;
  const luaValue = (value, parameter) => {
    if (typeof value === "string") return isNumeric(parameter) ? value : luaString(value);
    if (Array.isArray(value)) return `{ ${value.map(v => luaValue(v, parameter)).join(", ")} }`;
    if (value && typeof value === "object") {
      return `{ ${Object.entries(value)
        .map(([key, v]) => `${luaKey(key)} = ${luaValue(v, parameter)}`).join(", ")} }`;
    }
    return String(value);
  };

  // The values as a tree: `optimizer.beta_1` is in the table `optimizer`, whose branch is `name`.
  const tree = pairs => {
    const root = new Map();
    for (const [parameter, value] of pairs) {
      let table = root;
      parameter.steps.forEach((step, depth) => {
        if (depth === parameter.steps.length - 1 && parameter.kind !== "choice") {
          table.set(step, { parameter, value });
          return;
        }
        if (!(table.get(step) instanceof Map)) table.set(step, new Map());
        table = table.get(step);
      });
      if (parameter.kind === "choice") table.set("name", { parameter, value });
    }
    return root;
  };
  const isList = map => [...map.keys()].every((key, index) => key === index + 1);

  const lua = map => {
    const list = isList(map);
    const members = [...map].map(([key, entry]) => {
      const text = entry instanceof Map ? lua(entry) : luaValue(entry.value, entry.parameter);
      return list ? text : `${luaKey(key)} = ${text}`;
    });
    return members.length ? `{ ${members.join(", ")} }` : "{}";
  };
  const json = map => {
    const list = isList(map);
    const members = [...map].map(([key, entry]) => {
      const text = entry instanceof Map ? json(entry)
        : isNumeric(entry.parameter) ? String(entry.value) : JSON.stringify(entry.value);
      return list ? text : `${JSON.stringify(String(key))}: ${text}`;
    });
    return list && members.length ? `[${members.join(", ")}]` : `{${members.join(", ")}}`;
  };
  const shell = text => /^[\w.,:\/+=@%-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`;

  Page.asLua = pairs => lua(tree(pairs));
  Page.asJSON = pairs => json(tree(pairs));
  Page.asOptions = pairs => pairs.map(([parameter, value]) => {
    const text = typeof value === "object" ? JSON.stringify(value) : String(value);
    return `${shell(`--${parameter.path}`)} ${shell(text)}`;
  }).join(" ");
})();
