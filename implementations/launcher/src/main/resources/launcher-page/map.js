// The map: the state, the requests and the latency of each service, and the calls between them. Also the panel of the chosen service.
import { addressOf, request, services, title } from "./api.js";
import { element, elsewhere, setText } from "./element.js";
import { readNow } from "./live.js";

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
let chosen = null;
let switching = null;
let last = null;

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
  const called = (name) => reading?.services.get(name)?.upstream?.calls ?? { count: 0, failures: 0 };
  // The inventory also serves the calls of food; the rest comes from the checkout.
  const calls = {
    "checkout-food": { count: served("food"), failures: 0 },
    "checkout-accounting": { count: served("accounting"), failures: 0 },
    "checkout-furniture": { count: served("furniture"), failures: 0 },
    "checkout-analytics": { count: served("analytics"), failures: 0 },
    "checkout-inventory": { count: Math.max(0, served("inventory") - called("food").count), failures: 0 },
    "food-inventory": called("food"),
    "accounting-crm": called("accounting"),
  };
  for (const [wire, { count, failures }] of Object.entries(calls)) {
    const path = document.querySelector(`[data-wire="${wire}"]`);
    const upstream = reading?.services.get(wire.split("-")[0])?.upstream;
    const cut = Boolean(upstream) && upstream.circuit === "open" && stateOf(reading, upstream.name) !== "healthy";
    const lit = count > failures;
    if (lit && !path.matches(".lit")) path.parentNode.append(path); // above the others
    path.classList.toggle("lit", lit);
    path.classList.toggle("failing", failures > 0 || cut);
    const label = document.querySelector(`[data-path="${wire}"] b`);
    if (label) {
      setText(label, failures ? `${rate(perSecond(failures, reading.seconds))} fail` : cut ? "circuit open" : count ? rate(perSecond(count, reading.seconds)) : "");
    }
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
    await fetch(`services/${name}/${stateOf(last, name) === "stopped" ? "start" : "stop"}`, { method: "POST" });
  } finally {
    switching = null;
    readNow();
  }
}

for (const node of nodes) {
  node.ariaExpanded = "false";
  node.addEventListener("click", () => choose(node.dataset.service));
}
panel.hidden = true;
