// Places orders in the browser, step by step, as the checkout of a shop would: with one key for each effect, and with an undo.
import { request, send, title } from "./api.js";
import { checkBooks } from "./audit.js";
import * as books from "./books.js";
import { cents, element, elsewhere, money, number, outcome, setText, table } from "./element.js";
import { setRunning, sleep } from "./live.js";

const CUSTOMER = "Jane Smith";
// A shop's checkout knows the prices. These are for the products of a new database; all others cost the same.
const PRICES = {
  "0PUK6V6EV0": 65.5, "1YMWWN1N4O": 124, "2ZYFJ3GM2N": 249, "66VCHSJNUP": 12.49, "6E92ZMYYFZ": 12.3,
  "9SIQT8TOJO": 789.5, L9ECAV7KIM: 36.45, LS4PSXUNUM: 24.33, OLJCESPC7Z: 67.99,
};
const OTHER_PRICE = 10;
const PAUSE_MS = 500; // between two steps, so that people can follow
const HUNDRED = 100;
const AT_A_TIME = 6; // as many connections as browsers open to one server
const ATTEMPTS = 5;
const INTERRUPT_AFTER = 10; // orders

const form = document.getElementById("order-form");
const list = document.getElementById("steps");
const result = document.getElementById("result");
const hundred = document.getElementById("hundred");
const check = document.getElementById("check");
const priceOf = (productId) => PRICES[productId] ?? OTHER_PRICE;
const today = () => new Date().toISOString().slice(0, 10);

// The requests of an order. The keys and the reference are those of the order, so a repeated request has no second effect.
const hold = (order, { quantity = order.quantity, ttlSeconds } = {}) => request("createReservation", {
  key: `${order.id}/hold`,
  body: { lines: [{ productId: order.productId, quantity }], ...(ttlSeconds && { ttlSeconds }), reference: order.id },
});
const record = (order) => request("createTransaction", {
  key: `${order.id}/record`,
  body: { item: `${order.quantity} x ${order.name}`, price: order.amount, date: order.date, customer: CUSTOMER, reference: order.id },
});
const confirm = (order) => request("confirmReservation", { path: { reservationId: order.reservation.reservationId }, key: `${order.id}/confirm` });
const cancel = (order) => request("cancelReservation", { path: { reservationId: order.reservation.reservationId }, key: `${order.id}/cancel` });
const remove = (order) => request("deleteTransaction", { path: { id: order.transaction.id } });
const measure = (order, success) => {
  order.durationMs ??= Math.max(1, Math.round(order.ms)); // a repeated request must be equal
  return request("createMetric", { key: `${order.id}/metric`, body: { transactionType: "order", durationMs: order.durationMs, success } });
};

/*
 * The steps. A step has a title, the service that it changes, and either its request, or what it does without one. `expects` is the status
 * of the answer that belongs to the scenario; any other one fails the step, and the order is undone. `says` explains the answer.
 */
const menu = {
  title: "Read the menu",
  request: () => request("listFoodItems", { query: { limit: 5 } }),
  expects: 200,
  optional: true,
  says: ({ json: { inventoryCheck } }) => (inventoryCheck.checked
    ? `Food has asked the inventory, and got the stock of ${inventoryCheck.inventoryItems.length} products.`
    : `Food answers without stock levels: ${inventoryCheck.message}`),
};
const holdIt = {
  title: "Hold the stock",
  changes: "inventory",
  request: (order) => hold(order),
  expects: 201,
  keep: (order, { json }) => { order.reservation = json; },
  says: ({ json }) => `Nobody else can buy it until ${new Date(json.expiresAt).toLocaleTimeString("en", { hourCycle: "h23" })}.`,
};
const charge = {
  title: "Charge the customer",
  does: (order) => { order.paid = true; },
  says: (answer, order) => `Your payment system takes ${money(order.amount)}. The boutique has none, so no request is sent.`,
};
const recordIt = {
  title: "Record the transaction",
  changes: "accounting",
  request: record,
  expects: 201,
  keep: (order, { json }) => { order.transaction = json; },
  says: ({ json }) => `Transaction ${json.id} is in the ledger.`,
};
const confirmIt = {
  title: "Confirm the hold",
  changes: "inventory",
  request: confirm,
  expects: 200,
  keep: (order, { json }) => { order.reservation = json; },
  says: () => "The goods have left the stock.",
};
const measureIt = (success) => ({
  title: "Record the metric",
  changes: "analytics",
  request: (order) => measure(order, success),
  expects: 201,
  optional: true,
  says: ({ json }) => `An order that ${success ? "succeeded" : "failed"}, in ${number(json.durationMs)} ms of requests.`,
});
const look = (transactions) => ({
  title: "Look into the books",
  request: (order) => request("listTransactions", { query: { reference: order.id } }),
  expects: 200,
  optional: true,
  wrong: ({ json }) => json.transactions.length !== transactions,
  says: ({ json }, order) => {
    const found = json.transactions.length;
    const customers = json.crmIntegration.connected ? "Accounting has asked the CRM for its customers." : json.crmIntegration.message;
    return `The ledger has ${found === 0 ? "no transaction" : found === 1 ? "one transaction" : `${found} transactions`} of ${order.id}${
      found === transactions ? ", as it should" : `, but should have ${transactions}`}. ${customers}`;
  },
});
const again = (step) => ({
  ...step,
  title: `${step.title} again, with the same key`,
  keep: null,
  says: ({ replayed }) => (replayed ? "Idempotent-Replayed: true. This is the first answer again." : "The answer is the same."),
});
const cancelIt = {
  title: "Undo: cancel the hold",
  changes: "inventory",
  request: cancel,
  expects: 200,
  keep: (order, { json }) => {
    order.reservation = json;
    order.unanswered.delete("inventory");
  },
  says: () => "The stock is available again.",
};
const removeIt = {
  title: "Undo: delete the transaction",
  changes: "accounting",
  request: remove,
  expects: 200,
  keep: (order) => {
    order.transaction = null;
    order.unanswered.delete("accounting");
  },
  says: () => "This charge never became an order, so its transaction is deleted, and its reference is free again.",
};
const payBack = {
  title: "Undo: pay the customer back",
  does: (order) => { order.paid = false; },
  says: (answer, order) => `Your payment system returns ${money(order.amount)}. If this page were closed before this step, nobody would: it stores no orders. `
    + "The SDK's checkout covers this: place the order again with the same id, even days later, and it is either completed or paid back.",
};

const SCENARIOS = {
  placed: {
    title: "All goes well",
    steps: () => [menu, holdIt, charge, recordIt, confirmIt, measureIt(true), look(1)],
    promise: "The order is placed: one hold, one payment, one transaction, one confirmation.",
    canReturn: true,
  },
  soldOut: {
    title: "Sold out: order more than is available",
    steps: () => [menu, {
      ...holdIt,
      request: (order) => {
        order.quantity = books.product(order.productId).available + 1;
        return hold(order);
      },
      expects: 409,
      keep: null,
      says: ({ json }) => json.detail,
    }, measureIt(false), look(0)],
    promise: "Never oversold: the inventory has refused the hold as a whole, and nothing was charged.",
  },
  declined: {
    title: "The payment is declined",
    steps: () => [menu, holdIt, {
      ...charge,
      does: () => {},
      says: () => "Your payment system declines. This page pretends it.",
      refused: true,
    }, cancelIt, measureIt(false), look(0)],
    promise: "Nothing is left of the order: the hold was cancelled, and there is no transaction.",
  },
  expired: {
    title: "The hold expires before it is confirmed",
    steps: () => [menu, { ...holdIt, request: (order) => hold(order, { ttlSeconds: 2 }), title: "Hold the stock for two seconds" }, charge, recordIt, {
      title: "Wait too long",
      changes: "inventory",
      does: async (order) => {
        // The answer has the time of the database, whose clock can differ from the browser's. The inventory records the end within a second.
        await sleep(new Date(order.reservation.expiresAt) - new Date(order.reservation.createdAt) + 1500);
      },
      says: () => "The hold has ended by itself. Somebody else could buy the goods now.",
    }, { ...confirmIt, expects: 409, keep: null, says: ({ json }) => json.detail }, removeIt, payBack, measureIt(false), look(0)],
    promise: "Never stuck: stock that nobody confirms is available again. The undo has removed the transaction.",
  },
  repeated: {
    title: "Every request is sent twice, with the same key",
    steps: () => [menu, holdIt, again(holdIt), charge, recordIt, again(recordIt), confirmIt, again(confirmIt), measureIt(true), again(measureIt(true)), look(1)],
    promise: "Never twice: each request was sent two times and has had one effect.",
    canReturn: true,
  },
  reused: {
    title: "The same key, with another cart",
    steps: () => [menu, holdIt, {
      ...holdIt,
      title: "Hold one more, with the same key",
      request: (order) => hold(order, { quantity: order.quantity + 1 }),
      expects: 422,
      keep: null,
      says: ({ json }) => json.detail,
    }, charge, recordIt, confirmIt, measureIt(true), look(1)],
    promise: "A key belongs to one request. The other cart was refused, and the first hold has not changed.",
    canReturn: true,
  },
};

const returnIt = {
  title: "Return the goods",
  changes: "inventory",
  request: (order) => request("returnReservation", { path: { reservationId: order.reservation.reservationId }, key: `${order.id}/return` }),
  expects: 200,
  says: () => "The goods are in the stock again.",
};
const refundIt = {
  title: "Refund the transaction",
  changes: "accounting",
  request: (order) => request("refundTransaction", {
    path: { id: order.transaction.id }, body: { reference: `${order.id}/refund` }, key: `${order.id}/refund`,
  }),
  expects: 201,
  says: ({ json }) => `This sale has happened, so its transaction stays. Transaction ${json.id} with the price ${money(json.price)} pays it back.`,
};
const returned = {
  steps: () => [returnIt, refundIt],
  promise: "The goods are back, and the money is, too. The ledger shows both the sale and the refund.",
};

let running = false;
let allowed = true;

/** Allows orders, or not because the services ask for credentials. Without products there are none. */
export function allow(orders) {
  allowed = orders;
  for (const button of [...form.querySelectorAll("button"), check]) button.disabled = running || !allowed || books.allProducts().length === 0;
}

export function prepare() {
  const scenarios = document.getElementById("scenarios");
  for (const [name, { title }] of Object.entries(SCENARIOS)) {
    scenarios.append(element("label", { className: "choice" },
      element("input", { type: "radio", name: "scenario", value: name, checked: name === "placed" }), ` ${title}`));
  }
  books.prepare();
  books.onProducts(showProducts);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { product, quantity, scenario } = Object.fromEntries(new FormData(form));
    exclusively(() => place(SCENARIOS[scenario], orderOf(product, Number(quantity))));
  });
  hundred.addEventListener("click", () => exclusively(() => placeMany(form.elements.product.value, form.elements.interrupt.checked)));
  check.addEventListener("click", () => exclusively(() => checkBooks(document.getElementById("books"))));
  form.addEventListener("change", ({ target }) => target.name === "scenario" && preview());
  preview();
}

/** Keeps the options of the form, and adds new products. */
function showProducts() {
  const select = form.elements.product;
  const known = new Set([...select.options].map(({ value }) => value));
  for (const { productId, name } of books.allProducts()) {
    if (known.has(productId)) continue;
    select.append(element("option", { value: productId, defaultSelected: productId === "2ZYFJ3GM2N" }, `${name}, ${money(priceOf(productId))}`));
  }
  allow(allowed);
}

function preview() {
  if (running) return;
  list.replaceChildren(...SCENARIOS[form.elements.scenario.value].steps().map((step) => stepItem(step).item));
  result.replaceChildren();
}

async function exclusively(work) {
  if (running) return;
  running = true;
  allow(allowed);
  try {
    await work();
  } catch (failure) {
    show("failed", `The page has failed: ${failure.message}`);
    throw failure;
  } finally {
    running = false;
    allow(allowed);
  }
}

const orderOf = (productId, quantity) => ({
  id: `order-${crypto.randomUUID().slice(0, 8)}`,
  productId,
  name: books.product(productId).name,
  quantity,
  amount: cents(priceOf(productId)) * quantity / 100,
  date: today(),
  ms: 0,
  unanswered: new Set(), // the services that may or may not have done what the order needs
});

async function place(scenario, order) {
  const steps = scenario.steps().map(stepItem);
  list.replaceChildren(...steps.map(({ item }) => item));
  result.replaceChildren();
  if (await runAll(steps, order)) {
    const complete = steps.every(({ item }) => item.dataset.state !== "failed");
    show(complete ? "done" : "refused", complete ? scenario.promise : `${scenario.promise} But a step that the order does not need has failed.`);
    if (scenario.canReturn) offerReturn(order);
    return;
  }
  await undo(order, steps);
}

/** Runs the steps one after the other. Returns false if a step has failed; then the others do not run. */
async function runAll(steps, order) {
  for (const [i, step] of steps.entries()) {
    if (i > 0) await sleep(PAUSE_MS);
    if (!await run(step, order)) {
      for (const { item, badge } of steps.slice(i + 1)) {
        item.dataset.state = "skipped";
        setText(badge, "not sent");
      }
      return false;
    }
  }
  return true;
}

async function run({ step, item, badge, effect }, order) {
  item.dataset.state = "running";
  const before = books.snapshot(order.productId);
  // Without an answer, the page says nothing about changes.
  const changes = async () => step.changes && await books.read(step.changes) && difference(before, books.snapshot(order.productId));
  if (!step.request) {
    await step.does(order);
    item.dataset.state = step.refused ? "refused" : "done";
    setText(badge, step.refused ? "declined" : "");
    setText(effect, [step.says(null, order), await changes()].filter(Boolean).join(" "));
    return true;
  }
  const sent = step.request(order);
  const answer = await send(sent);
  order.ms += answer.ms;
  const expected = answer.status === step.expects;
  if (expected) step.keep?.(order, answer);
  else if (!isFinal(answer) && !step.optional) order.unanswered.add(sent.service);
  const changed = await changes();
  item.dataset.state = !expected || step.wrong?.(answer) ? "failed" : answer.status < 400 ? "done" : "refused";
  setText(badge, `${answer.status || ""} ${answer.reason} · ${Math.max(1, Math.round(answer.ms))} ms`.trim());
  setText(effect, [
    expected ? step.says(answer, order) : unexpected(sent, answer),
    isFinal(answer) && changed,
  ].filter(Boolean).join(" "));
  item.append(exchange(sent, answer));
  return expected || step.optional;
}

/** After any other answer, or none, only a repetition with the same key tells what the request has done. */
const isFinal = ({ status }) => status > 0 && status < 500 && status !== 429;

const unexpected = ({ service }, answer) => (answer.status
  ? `${answer.json?.detail ?? ""}`
  : `There is no answer from ${service}. A checkout repeats the request with the same key until it gets one.`);

/** Undoes what the order has done so far, the hold first: it decides whether the order succeeds. */
async function undo(order, before) {
  const steps = [
    order.reservation?.status === "active" && cancelIt,
    order.transaction && removeIt,
    order.paid && payBack,
    measureIt(false),
    look(0),
  ].filter(Boolean).map(stepItem);
  // The undo also has the last steps of the order, which were not sent.
  for (const { step, item } of before) {
    if (item.dataset.state === "skipped" && steps.some(({ step: { title } }) => title === step.title)) item.remove();
  }
  list.append(...steps.map(({ item }) => item));
  await sleep(PAUSE_MS);
  const complete = await runAll(steps, order) && steps.at(-1).item.dataset.state === "done" && !order.unanswered.size;
  const silent = [...order.unanswered].map((service) => `${title(service)} has not answered`).join(", ");
  show(...complete
    ? ["refused", "The order has failed, and was undone. Nothing is held and nothing is in the ledger."]
    : ["failed", `The order has failed. ${silent ? `${silent}, so the` : "The"} page cannot tell whether everything is undone. A hold ends by itself. A real checkout repeats the undo later: with the SDK, place the same order again.`]);
}

function offerReturn(order) {
  const button = element("button", { type: "button" }, "Return and refund it");
  button.addEventListener("click", () => exclusively(async () => {
    button.remove();
    const steps = returned.steps().map(stepItem);
    list.append(...steps.map(({ item }) => item));
    if (await runAll(steps, order)) show("done", returned.promise);
    else {
      show("failed", "The return is not complete. You can repeat it: with the same keys, no request has a second effect.");
      offerReturn(order);
    }
  }));
  result.append(button);
}

function show(state, text) {
  result.replaceChildren(outcome(state, text));
}

function stepItem(step) {
  const badge = element("span", { className: "badge" });
  const effect = element("p", { className: "effect" });
  const item = element("li", { dataset: { state: "waiting" } }, element("div", { className: "title" }, element("strong", {}, step.title), badge), effect);
  return { step, item, badge, effect };
}

/** Shows a request and its answer, folded. */
function exchange(sent, { status, reason, replayed, requestId, json }) {
  const shown = (headers, body) => [
    ...Object.entries(headers).filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`),
    ...(body ? ["", JSON.stringify(shorten(body), null, 2)] : []),
  ].join("\n");
  return element("details", {},
    element("summary", {}, `${sent.method} ${decodeURI(new URL(sent.url).pathname)}`),
    element("div", { className: "exchange" },
      element("span", { className: "label" }, "Request"),
      element("pre", {}, [`${sent.method} ${sent.url}`, shown(sent.headers, sent.body)].filter(Boolean).join("\n")),
      element("span", { className: "label" }, "Answer"),
      element("pre", {}, status
        ? [`${status} ${reason}`, shown({ "X-Request-Id": requestId, "Idempotent-Replayed": replayed && "true" }, json)].filter(Boolean).join("\n")
        : "none")),
    elsewhere(sent));
}

/** Shortens long lists, which would hide the rest. */
function shorten(value) {
  if (Array.isArray(value)) return value.length > 3 ? [...value.slice(0, 2).map(shorten), `… ${value.length - 2} more`] : value.map(shorten);
  return value && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shorten(one)])) : value;
}

/** Says what has changed between two snapshots. */
function difference(before, after) {
  const changes = [
    ["stock", "stock"], ["available", "available"], ["held", "held"], ["transactions", "transactions"], ["measured", "measured orders"],
  ].filter(([key]) => before[key] !== undefined && before[key] !== after[key])
    .map(([key, name]) => `${name} ${number(before[key])} → ${number(after[key])}`);
  if (before.revenue !== undefined && before.revenue !== after.revenue) changes.push(`revenue ${money(before.revenue)} → ${money(after.revenue)}`);
  return changes.length ? `Changed: ${changes.join(", ")}.` : "Nothing has changed.";
}

/** Places a hundred orders of one unit, and compares what the answers say with what the services say before and after. */
async function placeMany(productId, interrupt) {
  list.replaceChildren();
  const [silent] = await books.readAll();
  if (silent) {
    show("failed", `${title(silent)} does not answer, so the run has not begun. Start the service on the map.`);
    return;
  }
  await placeAll({
    productId, interrupt,
    before: books.snapshot(productId),
    orders: Array.from({ length: HUNDRED }, () => orderOf(productId, 1)),
    tally: { placed: 0, soldOut: 0, failed: 0, repeated: 0, done: 0 },
    seconds: 0,
    times: [],
  });
}

/** Places the orders of a run that are left, until the visitor stops it or a service does not answer. */
async function placeAll(run) {
  const { orders, tally, times } = run;
  const progress = element("progress", { max: HUNDRED, value: tally.done, ariaLabel: "Orders done" });
  const count = element("span", {}, `${tally.done} of ${HUNDRED}`);
  const stop = element("button", { type: "button" }, "Stop");
  stop.addEventListener("click", () => {
    run.end = "You have stopped the run";
    stop.disabled = true;
  });
  result.replaceChildren(element("p", { className: "progress" }, progress, count, stop));
  run.end = run.silent = null;
  const begun = [];
  const begin = performance.now();
  await Promise.all(Array.from({ length: AT_A_TIME }, async () => {
    while (orders.length && !run.end) {
      const order = orders.shift();
      if (!await placeOne(order, run)) {
        begun.push(order);
        continue;
      }
      times.push(order.ms);
      tally.done++;
      progress.value = tally.done;
      count.textContent = `${tally.done} of ${HUNDRED}`;
      if (run.interrupt && tally.done >= INTERRUPT_AFTER) {
        run.interrupt = false;
        run.interruption = setRunning("inventory", false);
      }
      // The inventory answers its open connections until it has stopped, and stops only when they are idle.
      await run.interruption;
    }
  }));
  run.seconds += (performance.now() - begin) / 1000;
  orders.unshift(...begun);
  const [unread] = await books.readAll();
  run.silent ??= unread;
  showTotals(run, begun.length, unread);
  if (orders.length || unread) offerTheRest(run);
}

/**
 * Places one order without pauses. A request without a final answer is repeated with the same key. If none comes, the run ends, and the
 * order stays open: a later call repeats all its requests with their keys. Returns whether the order has ended.
 */
async function placeOne(order, run) {
  const attempt = async (sent) => {
    for (let tries = 1; ; tries++) {
      const answer = await send(sent);
      order.ms += answer.ms;
      if (isFinal(answer)) return answer;
      if (tries === ATTEMPTS || run.end) {
        run.silent ??= sent.service;
        run.end ??= `${title(sent.service)} does not answer, so the run has ended`;
        return null;
      }
      run.tally.repeated++;
      await sleep(Math.max(200 * tries, (answer.retryAfter ?? 0) * 1000));
    }
  };
  const steps = async () => {
    const held = await attempt(hold(order));
    if (held?.status !== 201) return held && (held.json?.code === "insufficient-stock" ? "soldOut" : "failed");
    order.reservation = held.json;
    const recorded = await attempt(record(order));
    if (!recorded) return null;
    order.transaction = recorded.status === 201 ? recorded.json : null;
    const confirmed = order.transaction && await attempt(confirm(order));
    if (confirmed?.status === 200) return "placed";
    if (order.transaction && !confirmed) return null;
    return await attempt(cancel(order)) && (!order.transaction || await attempt(remove(order))) && "failed";
  };
  const ending = await steps();
  if (!ending || !await attempt(measure(order, ending === "placed"))) return false;
  run.tally[ending]++;
  return true;
}

function offerTheRest(run) {
  const { silent } = run;
  const button = element("button", { type: "button" }, silent ? `Start ${title(silent)} and continue` : "Continue");
  button.addEventListener("click", () => exclusively(async () => {
    button.disabled = true;
    if (silent) await setRunning(silent, true);
    await placeAll(run);
  }));
  result.append(button);
}

function showTotals({ productId, tally: { placed, soldOut, failed, repeated, done }, before, seconds, times, orders, end }, open, unread) {
  const after = books.snapshot(productId);
  const { name, amount } = orderOf(productId, 1);
  const median = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
  const rows = [
    ["units sold", placed, before.stock - after.stock, number],
    ["transactions added", placed, after.transactions - before.transactions, number],
    ["revenue", cents(amount) * placed / 100, (cents(after.revenue) - cents(before.revenue)) / 100, money],
    ["orders measured", done, after.measured - before.measured, number],
    ["still held", 0, after.held - before.held, number],
  ];
  const agree = rows.every(([, said, found]) => said === found);
  show(open || unread || !agree ? "failed" : failed || end ? "refused" : "done", [
    end && orders.length && `${end}. `,
    `${number(placed)} of ${HUNDRED} orders for ${name} are placed`,
    soldOut && `, ${number(soldOut)} were refused because it is sold out`,
    failed && `, ${number(failed)} have failed and were undone`,
    open || unread ? "." : `, in ${seconds.toFixed(1)} s. The requests of half the orders took less than ${Math.round(median)} ms.`,
    repeated && ` ${number(repeated)} requests were repeated with their key.`,
    open ? ` ${open === 1 ? "One order is open: its" : `${open} orders are open: their`} last request got no answer, so its effect is unknown. To continue, the page repeats it with the same key.`
      : unread ? ` ${title(unread)} does not answer, so the page cannot compare the answers with the books.`
      : agree ? " The books agree with the answers." : " The books differ from the answers: has somebody else changed them at the same time?",
  ].filter(Boolean).join(""));
  if (open || unread) return;
  result.append(table(["", "the answers say", "the books say", ""],
    rows.map(([what, said, found, format]) => [what, format(said), format(found), said === found ? "✓ equal" : "✕ differs"])));
}
