// The start page: the services at work, orders, stock and ledger.
import { loadServices, services } from "./api.js";
import * as books from "./books.js";
import * as charts from "./charts.js";
import { setText } from "./element.js";
import { watch } from "./live.js";
import { showMap } from "./map.js";
import * as orders from "./orders.js";

const notice = document.getElementById("notice");

function say(text) {
  setText(notice, text);
  notice.hidden = !text;
}

function show(reading) {
  showMap(reading);
  if (!reading) {
    say("The launcher does not answer. If you have stopped it, start it again with ./boutique. The data is kept.");
    return;
  }
  const open = reading.credentials === "none";
  say(open ? missing : `The services ask for credentials (BOUTIQUE_SECURITY_MODE is ${reading.credentials}), and this page has none. The map stays live, but the page cannot place orders, show stock and ledger, or stop a service. Swagger UI can call the services: choose “Authorize” there.`);
  for (const [id, name] of [["stock-missing", "inventory"], ["ledger-missing", "accounting"]]) {
    const service = reading.services.get(name);
    document.getElementById(id).hidden = !service || service.state === "healthy";
  }
  orders.allow(open);
  if (open) books.follow(reading);
  charts.add(reading, books.revenue());
}

await loadServices();
const missing = ["inventory", "accounting"].every((name) => services.has(name))
  ? "" : "Orders need the inventory and accounting, and this launcher has not started both. ./boutique starts all services.";
orders.prepare();
watch(show);
