// Lists the services of services.json and asks each for its health, as long as someone looks.
const EVERY = 3000;
const TIMEOUT = 2500;

const list = document.getElementById("services");
const summary = document.getElementById("summary");

// The services allow the page's two origins, and listen on the host that the page came from.
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
    const answer = await fetch(`${address}/health`, { cache: "no-store", signal: AbortSignal.timeout(TIMEOUT) });
    return answer.ok ? "healthy" : "unhealthy";
  } catch {
    return "not reachable";
  }
}

async function look(cards) {
  const states = await Promise.all(cards.map(({ address }) => healthOf(address)));
  cards.forEach(({ state }, i) => {
    state.textContent = state.dataset.state = states[i];
  });
  const healthy = states.filter((state) => state === "healthy").length;
  const text = healthy === states.length ? "All are healthy." : `${healthy} of ${states.length} are healthy.`;
  // Only a change is worth reading aloud.
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
    await look(cards);
    await new Promise((resume) => setTimeout(resume, EVERY));
  }
}

start();
