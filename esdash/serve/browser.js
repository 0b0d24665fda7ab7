// Runs before Streamlit's own script. `given`: places ([selector, {English: German}]), cookie, narrow.

// --- The language of the visitor: ?lang=en, else German --------------------------------------------------------------

const LOCALES = {de: "de-DE", en: "en-GB"};
const asked = () => new URLSearchParams(location.search).get("lang");
let language = asked() === "en" ? "en" : "de";

// A link from page to page has no language until the run that it began writes it again: while one runs, all stays.
function follow() {
  const found = asked();
  if (found === null && document.querySelector(".stApp")?.dataset.testScriptState !== "notRunning") return;
  const next = found === "en" ? "en" : "de";
  if (next === language) return;
  language = next;
  document.documentElement.lang = language;
  dispatchEvent(new Event("languagechange"));
  all();
}

document.documentElement.lang = language;
// Streamlit writes numbers and calendars as the browser is set; a page has one language, whoever reads it.
const languages = {de: Object.freeze([LOCALES.de]), en: Object.freeze([LOCALES.en])};
Object.defineProperty(Navigator.prototype, "language", {configurable: true, get: () => LOCALES[language]});
Object.defineProperty(Navigator.prototype, "languages", {configurable: true, get: () => languages[language]});

// --- The width of the window, for the next run of a new visit ----------------------------------------------------------

let narrow;
function measure() {
  const now = innerWidth < given.narrow ? 1 : 0;
  if (now === narrow) return;
  narrow = now;
  document.cookie = `${given.cookie}=${narrow}; path=/; SameSite=Lax`;
}
measure();
addEventListener("resize", measure);

// --- Streamlit's own words, in German --------------------------------------------------------------------------------

const ATTRIBUTES = ["placeholder", "aria-label", "aria-valuetext", "aria-description", "title", "alt"];
const WITH_ATTRIBUTE = ATTRIBUTES.map((name) => `[${name}]`).join();
const [english, german] = ["en-US", "de-DE"].map((locale) => new Intl.DateTimeFormat(locale, {month: "long"}));
const MONTHS = new Map(
  Array.from({length: 12}, (_, at) => new Date(2024, at, 1)).map((day) => [english.format(day), german.format(day)]),
);

const exact = new Map(); // English → [[selector, German]]
const patterns = []; // [expression, names, selector, German]
const KINDS = {month: [...MONTHS.keys()].join("|"), number: "[\\d.,]+"};
for (const [where, words] of given.places) {
  for (const [english, german] of Object.entries(words)) {
    if (!english.includes("{")) {
      exact.set(english, [...(exact.get(english) ?? []), [where, german]]);
      continue;
    }
    const inserted = [];
    const expression = english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, (_, name) => {
      inserted.push(name);
      return `(${KINDS[name] ?? ".+"})`;
    });
    patterns.push([new RegExp(`^${expression}$`, "s"), inserted, where, german]);
  }
}

function translated(english, element) {
  const key = english.trim();
  if (key.length < 2 || key.length > 400) return null;
  for (const [where, german] of exact.get(key) ?? []) {
    if (element.closest(where)) return english.replace(key, () => german);
  }
  for (const [expression, inserted, where, german] of patterns) {
    const found = expression.exec(key);
    if (!found || !element.closest(where)) continue;
    const values = Object.fromEntries(inserted.map((name, at) => [name, found[at + 1]]));
    return german.replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? "";
      if (name === "fault") return translated(value, element) ?? value;
      if (name === "number") return value.replace(/(\d)\.(?=\d)/g, "$1,");
      return MONTHS.get(value) ?? value;
    });
  }
  return null;
}

// What was replaced, to give it back when the page becomes English: node → {name of the attribute or "": [English, German]}
const replaced = new WeakMap();

function check(node, name, value, set) {
  const before = replaced.get(node)?.[name];
  if (language !== "de") {
    if (before && before[1] === value) set(before[0]);
    return;
  }
  if (!value || (before && before[1] === value)) return;
  const german = translated(value, node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
  if (german === null || german === value) return;
  replaced.set(node, {...replaced.get(node), [name]: [value, german]});
  set(german);
}

function checkText(node) {
  if (node.parentElement) check(node, "", node.nodeValue, (value) => { node.nodeValue = value; });
}

function checkAttributes(element) {
  for (const name of ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null) check(element, name, value, (said) => element.setAttribute(name, said));
  }
}

function checkTree(root) {
  if (root.nodeType === Node.TEXT_NODE) return checkText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  checkAttributes(root);
  for (const element of root.querySelectorAll(WITH_ATTRIBUTE)) checkAttributes(element);
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) checkText(texts.currentNode);
}

function all() {
  if (document.body) checkTree(document.body);
}

new MutationObserver((records) => {
  follow();
  for (const record of records) {
    if (record.type === "childList") record.addedNodes.forEach(checkTree);
    else if (record.type === "characterData") checkText(record.target);
    else checkAttributes(record.target);
  }
}).observe(document, {
  subtree: true, childList: true, characterData: true, attributeFilter: [...ATTRIBUTES, "data-test-script-state"],
});
addEventListener("popstate", follow);
