// Lists the services of services.json and checks the health of each service regularly while the page is visible.
const INTERVAL_MS = 3000;
const TIMEOUT_MS = 2500;

const list = document.getElementById("services");
const summary = document.getElementById("summary");

// The services listen on the host of this page, and they allow cross-origin calls from it as localhost and as 127.0.0.1.
const addressOf = ({ port }) => `${location.protocol}//${location.hostname}:${port}`;

function card(service) {
  const address = addressOf(service);
  const item = document.getElementById("service").content.firstElementChild.cloneNode(true);
  const link = (selector, href, label) => Object.assign(item.querySelector(selector), { href, ariaLabel: label });
  item.querySelector("h3").textContent = service.title;
  item.querySelector(".description").textContent = service.description;
  item.querySelector(".address a").textContent = address;
  link(".address a", address + "/health", `${address}, health of ${service.title}`);
  link(".try", address + "/swagger-ui.html", `Swagger UI of ${service.title}`);
  link(".contract", address + "/openapi.yaml", `Contract of ${service.title}`);
  return { address, item, state: item.querySelector(".state") };
}

async function healthOf(address) {
  try {
    const response = await fetch(`${address}/health`, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? "healthy" : "unhealthy";
  } catch {
    return "not reachable";
  }
}

async function updateStates(cards) {
  const states = await Promise.all(cards.map(({ address }) => healthOf(address)));
  cards.forEach(({ state }, i) => {
    state.textContent = state.dataset.state = states[i];
  });
  const healthy = states.filter((state) => state === "healthy").length;
  const text = healthy === states.length ? "All are healthy." : `${healthy} of ${states.length} are healthy.`;
  // Screen readers announce every update, so the text is set only when it changes.
  if (summary.textContent !== text) summary.textContent = text;
}

const visible = () => !document.hidden || new Promise((resume) => {
  document.addEventListener("visibilitychange", resume, { once: true });
});

async function start() {
  const cards = (await (await fetch("services.json")).json()).map(card);
  list.replaceChildren(...cards.map(({ item }) => item));
  for (;;) {
    await visible();
    await updateStates(cards);
    await new Promise((resume) => setTimeout(resume, INTERVAL_MS));
  }
}

start();
