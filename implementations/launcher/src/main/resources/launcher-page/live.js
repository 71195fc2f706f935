// Reads live.json once a second while the page is visible, and turns its counts into figures of the time since the last reading.
const INTERVAL_MS = 1000;

let wake = () => {};

export const sleep = (ms) => new Promise((resume) => setTimeout(resume, ms));

/** Starts a service or stops it, and ends the pause before the next reading. */
export async function setRunning(service, running) {
  try {
    await fetch(`services/${service}/${running ? "start" : "stop"}`, { method: "POST" });
  } finally {
    wake();
  }
}

const visible = () => !document.hidden || new Promise((resume) => {
  document.addEventListener("visibilitychange", resume, { once: true });
});

/** Calls `show` with each reading: its services by name, the seconds that it covers, and the mode of credentials; null if there is no answer. */
export async function watch(show) {
  let before;
  for (;;) {
    await visible();
    const now = await read();
    show(now && figures(now, before));
    before = now;
    await Promise.race([sleep(INTERVAL_MS), new Promise((resume) => { wake = resume; })]);
  }
}

async function read() {
  try {
    const response = await fetch("live.json", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    return response.ok ? { time: performance.now(), ...await response.json() } : null;
  } catch {
    return null;
  }
}

function figures(now, before) {
  const seconds = before ? (now.time - before.time) / 1000 : 0;
  const old = new Map(before?.services.map((service) => [service.name, service]));
  const services = now.services.map((service) => {
    const since = old.get(service.name);
    return {
      ...service,
      total: service.changes.count,
      reads: difference(service.reads, since?.reads),
      changes: difference(service.changes, since?.changes),
      upstream: service.upstream && {
        ...service.upstream,
        calls: difference(service.upstream.calls, since?.upstream?.calls),
        prevented: since?.upstream ? service.upstream.prevented - since.upstream.prevented : 0,
      },
    };
  });
  return { credentials: now.credentials, seconds, services: new Map(services.map((service) => [service.name, service])) };
}

/** Returns what has been counted since then; nothing if the launcher has started again. */
function difference(now, then) {
  return then && now.count >= then.count
    ? { count: now.count - then.count, failures: now.failures - then.failures, seconds: now.seconds - then.seconds }
    : { count: 0, failures: 0, seconds: 0 };
}
