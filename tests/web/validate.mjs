// Reads a JSON list of files from standard input and prints what html-validate finds, one a line.
import { readFileSync } from "node:fs";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import config from "./html-validate.config.mjs";

const validator = new HtmlValidate(new StaticConfigLoader(config));
for (const file of JSON.parse(readFileSync(0, "utf-8"))) {
  const report = await validator.validateFile(file);
  for (const { messages } of report.results) {
    for (const one of messages) {
      const message = one.message.replace(/\s+/g, " ");
      console.log(`${file}:${one.line}:${one.column}: ${one.ruleId} ${message}`);
    }
  }
}
