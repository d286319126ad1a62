// Eleventy over the Markdown that Readout generated, with the skeleton of a page around it.
export default function (eleventy) {
  eleventy.addGlobalData("layout", "page.njk");
  eleventy.addGlobalData("permalink", () => (page) => `${page.page.filePathStem.slice(1)}.html`);
  return { dir: { input: "docs", includes: "../layouts", output: "eleventy" }, markdownTemplateEngine: false };
}
