// Creates elements without a framework.

/** Creates an element with these properties and children. Texts become text nodes, never HTML. */
export function element(name, properties = {}, ...children) {
  const { dataset, ...others } = properties;
  const created = Object.assign(document.createElement(name), others);
  Object.assign(created.dataset, dataset);
  created.append(...children.filter((child) => child !== null && child !== undefined));
  return created;
}

/** Sets the text of an element if it differs: screen readers announce each change of a live region. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

const copied = (button) => {
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
};

/** Shows a command with a button that copies it. */
export function command(label, text) {
  const copy = element("button", { type: "button", className: "copy", ariaLabel: `Copy ${label}`, textContent: "Copy" });
  copy.addEventListener("click", () => navigator.clipboard.writeText(text).then(() => copied(copy)));
  return element("div", { className: "command" }, element("span", { className: "label" }, label), copy, element("pre", {}, text));
}

/** Shows how to send a request from elsewhere: with curl, with the Java SDK, and in Swagger UI. */
export function elsewhere(request) {
  return element("div", { className: "elsewhere" },
    command("curl", request.curl),
    command("Java SDK", request.java),
    element("a", { href: request.swaggerUi, target: "_blank" }, `${request.operation} in Swagger UI`));
}

/** The same, folded. */
export const folded = (summary, request) =>
  element("details", {}, element("summary", {}, summary), elsewhere(request));

/** Shows a table of numbers. The first cell of each row names it. */
export function table(headers, rows) {
  const header = (text, i) => element("th", { scope: "col", className: i ? "number" : "" }, text);
  const cell = (text, i) => (i ? element("td", { className: "number" }, text) : element("th", { scope: "row" }, text));
  return element("table", { className: "totals" },
    element("thead", {}, element("tr", {}, ...headers.map(header))),
    element("tbody", {}, ...rows.map((row) => element("tr", {}, ...row.map(cell)))));
}

/** Shows what came of something: `done`, `refused` or `failed`. */
export const outcome = (state, text) => element("p", { className: "outcome", dataset: { state } }, text);

const withMinus = (text) => text.replace("-", "−");
export const money = (value) => withMinus(value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }));
export const number = (value) => withMinus(value.toLocaleString("en"));
export const signed = (value) => (value > 0 ? "+" : "") + number(value);
export const cents = (value) => Math.round(value * 100);
