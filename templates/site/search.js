// The search page: Pagefind's index in parts, merged here; results are text, never markup.
const form = document.getElementById("search-form");
const count = document.getElementById("search-count");
const list = document.getElementById("search-results");
const more = document.getElementById("search-more");
const PAGE = 20;
const RANKING = { pageLength: 1 }; // what says little else comes first
const NEAR = 40; // so many of the best actors, places and topics are asked for their names
let pagefind = null;
let found = [];
let shown = 0;
let turn = 0;

const element = (name, text, className) => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
};

const load = async () => {
  const base = new URL("./", import.meta.url);
  pagefind = await import(new URL("pagefind/pagefind.js", base).href);
  await pagefind.options({ baseUrl: base.pathname, excerptLength: 30, ranking: RANKING });
  for (let part = 1; part < Number(form.dataset.shards); part += 1) {
    await pagefind.mergeIndex(
      new URL(`pagefind-${part}`, base).href, { baseUrl: base.pathname, ranking: RANKING },
    );
  }
  const filters = await pagefind.filters();
  for (const select of form.querySelectorAll(".filters select")) {
    const values = Object.entries(filters[select.name] ?? {});
    values.sort((a, b) => a[0].localeCompare(b[0]));
    for (const [value, number] of values) {
      const option = element("option", `${value} (${number})`);
      option.value = value;
      select.append(option);
    }
  }
};

const result = async (one) => {
  const data = await one.data();
  const item = element("li");
  const heading = element("h3");
  const link = element("a", data.meta.title);
  link.href = data.url;
  heading.append(link);
  item.append(heading, element("p", [data.meta.kind, data.meta.when].filter(Boolean).join(" · "), "small"));
  if (data.meta.text) item.append(element("p", data.meta.text));
  return item;
};

const showMore = async () => {
  const mine = turn;
  const items = await Promise.all(found.slice(shown, shown + PAGE).map(result));
  if (mine !== turn) return;
  list.append(...items);
  shown += items.length;
  more.hidden = shown >= found.length;
};

const wordsOf = (text) =>
  text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// Of the names of a result that hold all words, how many words the shortest has.
const wordsOfName = async (one, asked) => {
  const { meta } = await one.data();
  const names = [meta.title, ...(meta.names ?? "").split("\n")].map(wordsOf);
  const called = names.filter((name) => asked.length && asked.every((word) => name.includes(word)));
  return Math.min(...called.map((name) => name.length));
};

// Actors, places and topics that are called as one asks, before all that tell of them; what has no other words first.
const namedFirst = async (results, words, filters) => {
  const things = form.dataset.things.split("|").filter((kind) => !filters.kind || filters.kind === kind);
  if (things.length === 0) return results;
  const asked = wordsOf(words);
  const near = (await pagefind.search(words, { filters: { ...filters, kind: { any: things } } })).results;
  const ranked = await Promise.all(near.slice(0, NEAR).map(async (one) => ({
    one, words: await wordsOfName(one, asked).catch(() => Infinity),
  })));
  const named = ranked.filter((each) => each.words < Infinity).sort((a, b) => a.words - b.words);
  const ids = new Set(named.map((each) => each.one.id));
  return [...named.map((each) => each.one), ...results.filter((one) => !ids.has(one.id))];
};

const search = async () => {
  turn += 1;
  const mine = turn;
  const fields = new FormData(form);
  const filters = {};
  for (const select of form.querySelectorAll(".filters select")) {
    if (select.value && select.name !== "order") filters[select.name] = select.value;
  }
  const words = String(fields.get("q") ?? "").trim();
  const order = fields.get("order");
  const query = new URLSearchParams([...fields].filter((pair) => pair[1]));
  history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  list.replaceChildren();
  shown = 0;
  more.hidden = true;
  count.textContent = "";
  if (!words && !Object.keys(filters).length) return;
  const options = { filters, ...(order ? { sort: { date: order } } : {}) };
  const answer = await pagefind.search(words || null, options);
  if (mine !== turn) return;
  const results = words && !order ? await namedFirst(answer.results, words, filters) : answer.results;
  if (mine !== turn) return;
  found = results;
  const many = count.dataset.many.replace("#", found.length);
  count.textContent = found.length === 0 ? count.dataset.none : found.length === 1 ? count.dataset.one : many;
  await showMore();
};

if (form) {
  try {
    await load();
    form.hidden = false;
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
    form.addEventListener("change", search);
    more.addEventListener("click", showMore);
    if (location.search) search();
    document.documentElement.dataset.search = "ready";
  } catch (error) {
    count.textContent = count.dataset.failed;
  }
}
