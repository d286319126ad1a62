// Reads a JSON list of files from standard input and prints what html-validate finds, one a line.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const config = {
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
  rules: {
    // Readout's pages write void elements and quotes as HTML and Python-Markdown do.
    "void-style": "off",
    "attr-quotes": "off",
    "no-trailing-whitespace": "off",
    // A matter of taste of its authors: `<meta charset="utf-8">`, doctype in small letters.
    "doctype-style": "off",
    "long-title": "off",
    // Everything is from the same host.
    "require-sri": "off",
  },
};
const validator = new HtmlValidate(new StaticConfigLoader(config));
const files = JSON.parse(readFileSync(0, "utf-8"));
for (const file of files) {
  const report = await validator.validateFile(file);
  for (const result of report.results) {
    for (const one of result.messages) {
      console.log(`${file}:${one.line}:${one.column}: ${one.ruleId} ${one.message}`);
    }
  }
}
