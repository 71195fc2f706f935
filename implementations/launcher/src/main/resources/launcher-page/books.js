// Stock, ledger and metrics, as the services tell them: the page reads them after each change that the services have counted.
import { call, pages, request } from "./api.js";
import { element, folded, money, number, setText, signed } from "./element.js";
import { stateOf } from "./map.js";

// The page also reads what has not changed for so long, in case another instance has changed it in the same database.
const REREAD_MS = 20000;
// How long a product must stay unchanged before its holds are added up.
const QUIET_MS = 3000;
const HOLD_PAGES = 5; // of 200 holds
const MOVEMENTS = 12;
const TRANSACTIONS = 6;
const FULL_BAR = 100; // units; the page says so

const products = new Map();
let productList = [];
let ledger = null;
let metrics = null;
const listeners = [];

export const product = (id) => products.get(id);
export const allProducts = () => productList;
export const revenue = () => ledger?.summary.totalAmount ?? null;

/** Calls `listener` whenever the list of products has been read. */
export const onProducts = (listener) => listeners.push(listener);

/** Returns what an order can change, to compare it with a later one. */
export function snapshot(productId) {
  const { stockLevel, available, held } = products.get(productId) ?? {};
  return {
    stock: stockLevel, available, held,
    transactions: ledger?.summary.totalTransactions, revenue: ledger?.summary.totalAmount,
    measured: metrics?.summary.totalTransactions,
  };
}

// Reads one after the other, so that an older answer never replaces a newer one.
class Source {
  constructor(service, read) {
    this.service = service;
    this.readOnce = read;
    this.tail = Promise.resolve();
    this.seen = -1;
    this.time = -Infinity;
    this.state = null;
  }

  /** Returns whether there was an answer. */
  read() {
    return this.tail = this.tail.then(() => {
      this.time = performance.now();
      return this.readOnce();
    });
  }

  /** Reads if the service has counted changes, has just become healthy, or was not read for long. */
  follow(reading) {
    const live = reading.services.get(this.service);
    const state = [this.service, live?.upstream?.name].map((name) => name && stateOf(reading, name)).join();
    const due = live && (live.total !== this.seen || state !== this.state || performance.now() - this.time > REREAD_MS);
    this.state = state;
    if (due && live.state === "healthy") {
      this.seen = live.total;
      this.read();
    }
    return live?.state === "healthy";
  }
}

const sources = {
  inventory: new Source("inventory", readStock),
  accounting: new Source("accounting", readLedger),
  analytics: new Source("analytics", readMetrics),
};

export const read = (service) => sources[service].read();

/** Reads all books. Returns the services that do not answer. */
export async function readAll() {
  const answered = await Promise.all(Object.values(sources).map((source) => source.read()));
  return Object.keys(sources).filter((_, i) => !answered[i]);
}

/** Reads what has changed since the last reading of the services' figures. */
export function follow(reading) {
  const healthy = sources.inventory.follow(reading);
  sources.accounting.follow(reading);
  sources.analytics.follow(reading);
  const waiting = productList.some(({ held }) => held > 0) || productList.some(({ checked }) => !checked);
  if (healthy && waiting && performance.now() - sources.inventory.time > 900) sources.inventory.read();
}

async function readStock() {
  const { status, json } = await call("listProducts");
  if (status !== 200) return false;
  const now = performance.now();
  const first = products.size === 0;
  const changed = [];
  for (const read of json.data) {
    const old = products.get(read.productId);
    const same = old && old.lastUpdated === read.lastUpdated;
    if (!same) changed.push(read.productId);
    products.set(read.productId, {
      ...read,
      unassigned: Math.min(old?.unassigned ?? 0, read.reserved),
      since: same ? old.since : now,
      checked: same && old.checked,
    });
  }
  productList = json.data.map(({ productId }) => products.get(productId));
  if (productList.some(({ checked, since }) => !checked && (first || now - since > QUIET_MS))) await addUpHolds(first, now);
  for (const one of productList) one.held = one.reserved - one.unassigned;
  showProducts();
  listeners.forEach((listener) => listener());
  await readMovements(changed);
  return true;
}

/**
 * The inventory tells how much of a product is reserved, but not how much of it reservations hold. The rest is unassigned, and seldom
 * changes. So the page adds up the active holds only of products that are at rest: then the two answers belong together.
 */
async function addUpHolds(first, now) {
  const held = new Map();
  let [read, more] = [0, false];
  for await (const { status, json, nextCursor } of pages("listReservations", { query: { status: "active" } })) {
    if (status !== 200) return;
    for (const { productId, quantity } of json.flatMap(({ lines }) => lines)) held.set(productId, (held.get(productId) ?? 0) + quantity);
    more = Boolean(nextCursor);
    if (++read === HOLD_PAGES) break;
  }
  for (const one of productList.filter(({ since }) => first || now - since > QUIET_MS)) {
    if (!more) one.unassigned = Math.max(0, one.reserved - (held.get(one.productId) ?? 0)); // else there are too many holds
    one.checked = true;
  }
}

const movements = new Map();

async function readMovements(changed) {
  const newest = changed
    .sort((a, b) => products.get(b).lastUpdated.localeCompare(products.get(a).lastUpdated))
    .slice(0, MOVEMENTS);
  await Promise.all(newest.map(async (productId) => {
    const { status, json } = await call("listMovements", { path: { productId }, query: { limit: MOVEMENTS } });
    if (status === 200) movements.set(productId, json.map((movement) => ({ productId, ...movement })));
  }));
  if (newest.length) showMovements();
}

async function readLedger() {
  const { status, json } = await call("listTransactions", { query: { limit: TRANSACTIONS } });
  if (status !== 200) return false;
  ledger = json;
  showLedger();
  return true;
}

async function readMetrics() {
  const { status, json } = await call("listMetrics", { query: { transactionType: "order", limit: 1 } });
  if (status !== 200) return false;
  metrics = json;
  showMetrics();
  return true;
}

const productItems = new Map();
const list = document.getElementById("products");

function showProducts() {
  for (const one of productList) {
    if (!productItems.has(one.productId)) productItems.set(one.productId, productItem(one));
    const item = productItems.get(one.productId);
    if (item.parentNode !== list) list.append(item);
    const full = Math.max(FULL_BAR, one.stockLevel);
    for (const kind of ["available", "held", "unassigned"]) item.querySelector(`.bar .${kind}`).style.width = `${one[kind] / full * 100}%`;
    setText(item.querySelector(".counts"),
      [`${number(one.available)} available`, one.held && `${number(one.held)} held`, one.unassigned && `${number(one.unassigned)} unassigned`].filter(Boolean).join(" · "));
    setText(item.querySelector(".level"), `${number(one.stockLevel)} in stock`);
  }
  for (const [id, item] of productItems) if (!productList.some(({ productId }) => productId === id)) item.remove();
}

function productItem({ productId, name }) {
  const receive = element("button", { type: "button", className: "receive", ariaLabel: `Receive 10 of ${name}`, title: "POST /inventory/adjustments" }, "+ 10");
  const failure = element("span", { className: "failure", role: "status" });
  receive.addEventListener("click", () => receiveTen(productId, receive, failure));
  return element("li", {},
    element("span", { className: "name" }, name), element("span", { className: "level" }), receive,
    element("span", { className: "bar", ariaHidden: "true" },
      element("span", { className: "available" }), element("span", { className: "held" }), element("span", { className: "unassigned" })),
    element("span", { className: "counts" }), failure);
}

const delivery = (productId) => ({ lines: [{ productId, delta: 10 }], reason: "received" });

// The keys of the deliveries without an answer.
const deliveries = new Map();

async function receiveTen(productId, button, failure) {
  button.disabled = true;
  if (!deliveries.has(productId)) deliveries.set(productId, `delivery-${crypto.randomUUID()}`);
  const { status, json } = await call("adjustStock", { body: delivery(productId), key: deliveries.get(productId) });
  if (status && status < 500) deliveries.delete(productId);
  setText(failure, status === 200 ? "" : status ? json.detail
    : "The inventory does not answer. Choose + 10 again when it is healthy: the delivery keeps its key, so it counts once.");
  await read("inventory");
  button.disabled = false;
}

const clock = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

function showMovements() {
  const newest = [...movements.values()].flat()
    .sort((a, b) => b.timestamp.localeCompare(a.timestamp))
    .slice(0, MOVEMENTS);
  document.getElementById("movements").replaceChildren(...newest.map(({ productId, kind, stockDelta, reservedDelta, timestamp }) =>
    element("tr", {},
      element("td", {}, element("time", { dateTime: timestamp }, clock.format(new Date(timestamp)))),
      element("td", {}, products.get(productId)?.name ?? productId),
      element("td", {}, kind),
      element("td", { className: "number" }, signed(stockDelta)),
      element("td", { className: "number" }, signed(reservedDelta)))));
}

function showLedger() {
  const { transactions, summary, crmIntegration } = ledger;
  setText(document.getElementById("ledger-summary"),
    `${number(summary.totalTransactions)} transactions, revenue ${money(summary.totalAmount)}. ${crmIntegration.connected
      ? `The CRM has ${crmIntegration.customers.length === 50 ? "at least 50" : crmIntegration.customers.length} customers.`
      : `No customers: ${crmIntegration.message}`}`);
  document.getElementById("transactions").replaceChildren(...transactions.map(({ id, item, customer, reference, price }) =>
    element("tr", {},
      element("td", {}, String(id)),
      element("td", {}, item),
      element("td", {}, customer ?? "–"),
      element("td", {}, reference ?? "–"),
      element("td", { className: "number" }, money(price)))));
}

function showMetrics() {
  const { successCount, failureCount, averageDurationMs, p95DurationMs } = metrics.summary;
  const facts = {
    succeeded: number(successCount),
    failed: number(failureCount),
    ...(p95DurationMs !== undefined && { "on average": `${number(Math.round(averageDurationMs))} ms`, "95 % within": `${number(Math.round(p95DurationMs))} ms` }),
  };
  document.getElementById("metrics").replaceChildren(...Object.entries(facts).map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

/** Shows how to send from elsewhere what the page sends for its lists. */
export function prepare() {
  const camera = "2ZYFJ3GM2N";
  const links = {
    products: [request("listProducts"), request("adjustStock", { body: delivery(camera) })],
    movements: [request("listMovements", { path: { productId: camera } })],
    transactions: [request("listTransactions")],
    metrics: [request("listMetrics", { query: { transactionType: "order" } })],
  };
  for (const [list, requests] of Object.entries(links)) {
    document.getElementById(`${list}-links`).append(...requests.map((one) => folded(`${one.method} ${one.template}`, one)));
  }
}
