// The rules that every page of a built site keeps. A rule is off only for the reason beside it.
export default {
  root: true,
  extends: ["html-validate:standard", "html-validate:document", "html-validate:a11y"],
  rules: {
    // Asks for an `integrity` on our own stylesheet and script, which come with the page, from the
    // same host: it would guard nothing, and every change of the stylesheet would touch each page.
    "require-sri": ["error", { target: "crossorigin" }],
  },
};
