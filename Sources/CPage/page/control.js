// What a page asks of the run of its study: to stop it or a trial, to try a configuration. Only where
// the run takes requests, and the page was opened at the address that was printed, with its key.
"use strict";

Page.control = (() => {
  // Behind `#`, which is sent to no server; kept for a page that is loaded again, and in no address.
  const takeKey = () => {
    const given = /^#key=([0-9a-f]+)$/.exec(location.hash);
    try {
      if (given) {
        sessionStorage.setItem("mohpo-key", given[1]);
        history.replaceState(null, "", location.pathname + location.search);
      }
      return sessionStorage.getItem("mohpo-key");
    } catch {
      // Pages from files have no storage in some browsers, and no run.
      return given ? given[1] : null;
    }
  };
  const key = takeKey();

  const isOffered = store => Boolean(key && store.study.control && store.study.state === "running");

  // Sends a request; gives nothing, or why it was refused.
  const send = async (verb, body) => {
    let answer;
    try {
      answer = await fetch(`v1/${verb}`, {
        method: "POST", body,
        headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` },
      });
    } catch {
      return "mohpo-lua watch does not answer";
    }
    try {
      const { error } = await answer.json();
      return error || (answer.ok ? null : answer.statusText);
    } catch {
      return answer.statusText || "the answer is no JSON";
    }
  };

  // A window with a question. `act` gives nothing when all is done, else what to say.
  const ask = (title, content, label, act) => {
    const said = Page.make("p", { class: "error", role: "alert" });
    const yes = Page.make("button", { type: "submit", class: "main" }, label);
    const form = Page.make("form", { method: "dialog" },
      Page.make("h2", {}, title), ...content, said,
      Page.make("p", { class: "answers" }, yes,
        Page.make("button", { type: "button", onclick: () => dialog.close() }, "Cancel")));
    const dialog = Page.make("dialog", { "aria-label": title }, form);
    form.addEventListener("submit", async event => {
      event.preventDefault();
      yes.disabled = true;
      said.textContent = "";
      const problem = await act();
      yes.disabled = false;
      if (!problem) { Page.speak(`${title}: done`); dialog.close(); return; }
      said.textContent = problem;
    });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.addEventListener("keydown", event => event.stopPropagation());
    document.body.append(dialog);
    dialog.showModal();
  };
  const paragraph = text => Page.make("p", {}, text);

  const stopStudy = store => ask(`Stop ${store.study.name}?`, [
    paragraph("Trials that run are ended. All reports are kept, and the study can be continued: "),
    Page.make("p", {}, Page.make("code", {}, store.study.resume || "mohpo-lua --resume")),
  ], "Stop the study", () => send("stop", JSON.stringify({ stop: "study" })));

  const stopTrial = id => ask(`Stop trial ${id}?`, [
    paragraph("Its reports are kept. It does not continue, also when the study is resumed."),
  ], `Stop trial ${id}`, () => send("stop", JSON.stringify({ stop: { trial: id } })));

  // The trial to begin from: the one that is selected, the knee, the first of the front, any.
  const example = store => {
    const [selected] = store.selected;
    const report = store.knee >= 0 ? store.knee : store.front[0];
    return store.trial(selected)
      || (report === undefined ? store.trials[0] : store.trial(store.report.trial.values[report]));
  };
  const addConfiguration = (store, trial = example(store)) => {
    const text = Page.make("textarea", { rows: 8, spellcheck: "false",
      "aria-label": "the configuration as JSON" });
    text.value = trial ? Page.asJSON(store.configuration(trial)).replace(/, /g, ",\n ") : "{}";
    ask("Add a configuration", [
      paragraph("It is tried in the next slot that is free. What is left out takes its default."),
      text,
    ], "Add", () => {
      try { JSON.parse(text.value); } catch (error) { return error.message; }
      // As it stands here: JavaScript does not hold every integer.
      return send("add", `{"add":${text.value}}`);
    });
  };

  // Buttons for the header, and for the row of a trial; none where nothing can be asked.
  const button = (text, act) => Page.make("button", { type: "button", onclick: event => {
    event.stopPropagation();
    act();
  } }, text);
  const ofStudy = store => !isOffered(store) ? null : Page.make("p", { class: "requests" },
    button("Add a configuration …", () => addConfiguration(store)),
    button("Stop the study …", () => stopStudy(store)));
  const ofTrial = (store, trial) => !isOffered(store) ? null
    : Page.make("p", { class: "requests" },
      ["running", "paused"].includes(trial.state)
        ? button(`Stop trial ${trial.id} …`, () => stopTrial(trial.id)) : null,
      button("Add one like it …", () => addConfiguration(store, trial)));
  // An address of this server, with the key for the page there.
  const link = address => key ? `${address}#key=${key}` : address;
  return { isOffered, link, ofStudy, ofTrial };
})();
