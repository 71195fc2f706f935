// The map: the state, the requests and the latency of each service, and the calls between them. Also the panel of the chosen service.
import { addressOf, request, services, title, unanswered } from "./api.js";
import { element, elsewhere, setText } from "./element.js";
import { setRunning } from "./live.js";

// The first operation that a visitor may want to call.
const FIRST = {
  food: "listFoodItems",
  accounting: "listTransactions",
  furniture: "listFurnitureItems",
  analytics: "listMetrics",
  inventory: "listProducts",
  crm: "listCustomers",
};
const SYMBOLS = { healthy: "●", unhealthy: "▲", "not reachable": "✕", stopped: "■", starting: "○", "not started": "○", unknown: "?" };

const nodes = [...document.querySelectorAll(".node[data-service]")];
const summary = document.getElementById("summary");
const panel = document.getElementById("service");
// The states again, beside the steps of an order, from where the map is out of sight.
const states = new Map(nodes.map(({ dataset: { service } }) => [service, document.getElementById("states").appendChild(element("span"))]));
let chosen = null;
let switching = null;
let last = null;
const shownFailures = new Map();

const perSecond = (requests, seconds) => (seconds ? requests / seconds : 0);
const rate = (value) => `${value >= 10 || value === 0 ? Math.round(value) : value.toFixed(1)}/s`;
const milliseconds = ({ count, seconds }) => `${(seconds / count * 1000).toFixed(seconds / count < 0.01 ? 1 : 0)} ms`;
const sum = (a, b) => ({ count: a.count + b.count, failures: a.failures + b.failures, seconds: a.seconds + b.seconds });

export const stateOf = (reading, name) =>
  reading === null ? "unknown" : !services.has(name) ? "not started" : reading.services.get(name)?.state ?? "starting";

/** Returns the reads and changes of a service together. */
export const requestsOf = (live) => sum(live.reads, live.changes);

/** Shows a reading; null if the launcher does not answer. */
export function showMap(reading) {
  last = reading;
  for (const node of nodes) {
    const name = node.dataset.service;
    const state = stateOf(reading, name);
    const live = reading?.services.get(name);
    node.dataset.state = state;
    setText(node.querySelector(".state"), `${SYMBOLS[state]} ${state}`);
    const requests = live && state !== "stopped" ? requestsOf(live) : null;
    setText(node.querySelector(".rate"), requests ? rate(perSecond(requests.count, reading.seconds)) : "–");
    // Without requests, the latest latency stays.
    if (!requests || requests.count) setText(node.querySelector(".latency"), requests ? milliseconds(requests) : "");
    const failures = requests?.failures ?? 0;
    node.classList.toggle("failing", failures > 0);
    const short = states.get(name);
    setText(short, `${SYMBOLS[state]} ${nameOf(name)}`);
    short.dataset.state = state;
    short.classList.toggle("lit", requests?.count > 0);
  }
  showWires(reading);
  setText(summary, describe(reading));
  if (chosen) showPanel();
}

function showWires(reading) {
  const served = (name) => {
    const live = reading?.services.get(name);
    return live ? requestsOf(live).count : 0;
  };
  const down = (name) => stateOf(reading, name) !== "healthy";
  // `cut` says why a wire stays broken until its service is healthy again.
  const called = (name) => {
    const upstream = reading?.services.get(name)?.upstream;
    return { count: 0, failures: 0, ...upstream?.calls, cut: upstream?.circuit === "open" && down(upstream.name) && "circuit open" };
  };
  // Only this page knows which of its own calls got no answer.
  const own = (name, answered) => {
    const failures = unanswered[name].count - (shownFailures.get(name) ?? 0);
    shownFailures.set(name, unanswered[name].count);
    return { count: answered + failures, failures, cut: unanswered[name].latest && down(name) && "no answer" };
  };
  const https = ["food", "accounting", "furniture", "analytics"].map((name) => [`checkout-${name}`, own(name, served(name))]);
  const calls = {
    ...Object.fromEntries(https),
    // The inventory also serves the calls of food; the rest comes from the checkout.
    "checkout-inventory": own("inventory", Math.max(0, served("inventory") - called("food").count)),
    "food-inventory": called("food"),
    "accounting-crm": called("accounting"),
  };
  for (const [wire, { count, failures, cut }] of Object.entries(calls)) {
    const path = document.querySelector(`[data-wire="${wire}"]`);
    const [lit, failing] = [count > failures, failures > 0 || Boolean(cut)];
    if ((lit && !path.matches(".lit")) || (failing && !path.matches(".failing"))) path.parentNode.append(path); // above the others
    path.classList.toggle("lit", lit);
    path.classList.toggle("failing", failing);
  }
  calls["checkout-https"] = https.reduce((all, [, one]) => ({ ...sum(all, one), cut: all.cut || one.cut }), { count: 0, failures: 0 });
  for (const label of document.querySelectorAll("[data-path]")) {
    const { count, failures, cut } = calls[label.dataset.path];
    const shown = (requests) => rate(perSecond(requests, reading?.seconds));
    setText(label.querySelector("b"), failures ? `${shown(failures)} fail` : count ? shown(count) : cut || "");
  }
}

/** Says in words what the map shows, for those who do not see it and for those who do. */
function describe(reading) {
  if (!reading) return "No answer from the launcher.";
  const states = nodes.map(({ dataset: { service } }) => [service, stateOf(reading, service)]);
  const healthy = states.filter(([, state]) => state === "healthy").length;
  const others = states.filter(([, state]) => state !== "healthy").map(([name, state]) => `${nameOf(name)} is ${state}`);
  const effects = [...reading.services.values()]
    .filter((live) => live.state === "healthy" && live.upstream && stateOf(reading, live.upstream.name) !== "healthy")
    .map((live) => `${title(live.name)} ${live.upstream.without} meanwhile`);
  return healthy === states.length
    ? "All six services are healthy."
    : `${healthy} of ${states.length} services are healthy. ${[...others, ...effects].join(". ")}.`;
}

const nameOf = (name) => nodes.find(({ dataset }) => dataset.service === name).querySelector("strong").textContent;

function choose(name) {
  chosen = chosen === name ? null : name;
  for (const node of nodes) node.ariaExpanded = String(node.dataset.service === chosen);
  panel.replaceChildren();
  panel.hidden = !chosen;
  if (chosen) showPanel();
}

/** Fills the panel when a service is chosen, and later changes only what has changed, so that the focus stays where it is. */
function showPanel() {
  const service = services.get(chosen);
  if (!panel.firstChild) {
    if (!service) {
      panel.append(element("h3", {}, nameOf(chosen)),
        element("p", {}, `This launcher has not started it. To start it, too, run ./boutique ${[...services.keys(), chosen].join(" ")}, or ./boutique for all services.`));
      return;
    }
    const address = addressOf(chosen);
    const toggle = element("button", { type: "button", className: "switch" });
    toggle.addEventListener("click", () => switchService(chosen));
    panel.append(
      element("div", { className: "title" }, element("h3", {}, service.title), toggle),
      element("p", {}, `${service.description} `, element("a", { href: address + "/swagger-ui.html" }, "Swagger UI"), " · ",
        element("a", { href: address + "/openapi.yaml" }, "Contract"), " · ", element("a", { href: address + "/health" }, address.slice(7))),
      elsewhere(request(FIRST[chosen])));
  }
  const toggle = panel.querySelector(".switch");
  if (!toggle) return;
  const stopped = stateOf(last, chosen) === "stopped";
  setText(toggle, switching === chosen ? (stopped ? "Starting …" : "Stopping …") : `${stopped ? "Start" : "Stop"} ${service.title}`);
  toggle.disabled = switching !== null || last === null || last.credentials !== "none";
}

async function switchService(name) {
  switching = name;
  showPanel();
  try {
    await setRunning(name, stateOf(last, name) === "stopped");
  } finally {
    switching = null;
  }
}

for (const node of nodes) {
  node.ariaExpanded = "false";
  node.addEventListener("click", () => choose(node.dataset.service));
}
panel.hidden = true;
