"""What runs in the browser beside a page: it watches, and does all that a reader may do."""

from __future__ import annotations

WATCH = """
(() => {
  const ran = [];
  Object.defineProperty(window, "ranHere", { value: ran });
  const note = (what) => (...told) => {
    ran.push(what + ": " + told.map(String).join(" ").slice(0, 100));
  };
  for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
    Object.defineProperty(window, name, { value: note(name), writable: false });
  }
  for (const name of ["write", "writeln", "open", "execCommand"]) {
    Object.defineProperty(document, name, { value: note("document." + name), writable: false });
  }
  navigator.sendBeacon = note("sendBeacon");
  window.addEventListener("error", (event) => {
    ran.push("error: " + (event.message || "of " + (event.target && event.target.tagName)));
  }, true);
  window.addEventListener("unhandledrejection", (event) => ran.push("rejection: " + event.reason));
  document.addEventListener("securitypolicyviolation", (event) => {
    if (event.blockedURI === "eval") return;  // Playwright's own; ours would have to run first
    ran.push("the policy would stop: " + event.effectiveDirective + " " + event.blockedURI
      + " " + event.sample);
  });
  // A click on a link to a web page does nothing more than that; on any other it does what it does.
  window.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a");
    const href = link && (link.href.baseVal ?? link.href);
    if (link && /^https?:/.test(new URL(href, document.baseURI).href)) event.preventDefault();
  }, true);
})();
"""
"""Runs before anything on a page does."""

EXERCISE = """
const exercise = (window, forbidden, thorough) => {
  const { document, Event, MouseEvent } = window;
  const found = [];
  const kinds = ["mouseover", "mouseenter", "mousemove", "mousedown", "pointerover",
    "pointerenter", "pointerdown", "contextmenu", "wheel", "scroll", "touchstart", "drag", "copy",
    "paste", "focus", "focusin", "blur", "input", "keydown", "toggle", "animationstart", "load"];
  const events = kinds.map((kind) => new Event(kind, { bubbles: false }));
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (forbidden.includes(name)) found.push("an element " + name);
    let bare = true;
    for (const attribute of element.getAttributeNames()) {
      if (attribute.startsWith("on")) found.push(attribute + " on " + name);
      if (attribute !== "class" && attribute !== "id") bare = false;
    }
    if (name === "a") {
      const href = element.href.baseVal ?? element.getAttribute("href") ?? "";
      const protocol = new URL(href, document.baseURI).protocol;
      if (!/^https?:$/.test(protocol)) found.push("a link to " + protocol);
    }
    if (!bare || thorough) for (const event of events) element.dispatchEvent(event);
    if (element.tabIndex >= 0 || element.hasAttribute("tabindex") || element.isContentEditable) {
      element.focus({ preventScroll: true });
    }
    if (["a", "summary", "button", "label", "input", "area", "details"].includes(name)) {
      element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    }
    if (name === "details") element.open = true;
  }
  window.dispatchEvent(new Event("hashchange"));
  return found;
};
const told = (window, found) => {
  found.push(...window.ranHere.splice(0));
  const { document } = window;
  return { found, title: document.title,
    heading: (document.querySelector("h1") ?? {}).textContent ?? "" };
};
const pause = (time) => new Promise((done) => setTimeout(done, time));
"""
"""Looks at every element as the browser has it, and does to each what a reader may do: where it is
`thorough`, elements without any attribute get every event, too."""

ALONE = f"""
async ([forbidden, thorough]) => {{
  {EXERCISE}
  const found = exercise(window, forbidden, thorough);
  await pause(0);
  return told(window, found);
}}
"""
"""Does so to the page that is open."""

TOGETHER = f"""
async ([root, paths, forbidden, patience]) => {{
  {EXERCISE}
  document.body.textContent = "";
  const frames = paths.map((path) => {{
    const frame = document.createElement("iframe");
    frame.width = 1280;
    frame.height = 800;
    frame.src = root + path;
    return frame;
  }});
  const loaded = frames.map((frame) => new Promise((done) => {{
    frame.onload = done;
    document.body.append(frame);
  }}));
  await Promise.race([Promise.all(loaded), pause(patience)]);
  const found = frames.map((frame, at) => {{
    const here = frame.contentWindow;
    if (here.document.readyState !== "complete") return ["it did not load"];
    return exercise(here, forbidden, at % 10 === 0);
  }});
  await pause(0);
  const all = frames.map((frame, at) => {{
    const here = frame.contentWindow;
    if (here.location.href.split("#")[0] !== frame.src) found[at].push("it went elsewhere");
    return told(here, found[at]);
  }});
  if (window.length !== frames.length) all[0].found.push("there are other frames");
  all[0].found.push(...window.ranHere.splice(0));
  return all;
}}
"""
"""Opens pages in frames of this one, all at once, and does so to each; every tenth thoroughly."""

SEARCH = """
async (words) => {
  const form = document.getElementById("search-form");
  const count = document.getElementById("search-count");
  const list = document.getElementById("search-results");
  form.elements.namedItem("q").value = words;
  count.textContent = "";
  form.requestSubmit();
  const pause = () => new Promise((done) => setTimeout(done, 5));
  for (let turn = 0; turn < 600 && !count.textContent && words.trim(); turn += 1) await pause();
  const expected = Math.min(20, parseInt(count.textContent) || 0);
  for (let turn = 0; turn < 600 && list.children.length < expected; turn += 1) await pause();
  for (const element of list.querySelectorAll("*")) {
    if (!["li", "h3", "a", "p"].includes(element.localName)) {
      ranHere.push("an element " + element.localName + " in the results");
    }
    element.dispatchEvent(new Event("mouseover"));
    element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  return [...list.querySelectorAll("h3")].map((one) => one.textContent);
}
"""
"""What the search page that is open shows for words."""
