// Starts the six services with access control and tries their Swagger UI in a headless Chromium: on the start page, on each service, and
// behind a proxy that strips a path prefix without saying so. Executes operations without credentials, with an API key and with a token.
// Exits with 1 if a page does not show its contract, an operation does not get the expected response, or the browser reports an error,
// for instance a violation of the Content-Security-Policy.
const crypto = require("node:crypto");
const fs = require("node:fs");
const http = require("node:http");
const net = require("node:net");
const os = require("node:os");
const path = require("node:path");
const { spawn } = require("node:child_process");
const puppeteer = require("puppeteer-core");

const TITLES = { analytics: "Analytics", crm: "CRM", inventory: "Inventory", furniture: "Furniture", food: "Food", accounting: "Accounting" };
const SERVICES = Object.keys(TITLES);
const AUDIENCE = "multicloud-boutique";
const API_KEY = crypto.randomUUID();
const screenshots = process.argv[2];
let failures = 0;

async function step(name, check) {
  try {
    await check();
    console.log(`ok    ${name}`);
  } catch (failure) {
    failures++;
    console.log(`FAILED ${name}\n      ${failure.message.split("\n").join("\n      ")}`);
  }
}

function equal(actual, expected, what) {
  if (JSON.stringify(actual) !== JSON.stringify(expected))
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, but got ${JSON.stringify(actual)}`);
}

const listen = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));

/** Returns a port base: the ports of the start page, the services and their metrics are free now. */
async function freePortBase() {
  for (;;) {
    const base = crypto.randomInt(20000, 31000);
    const servers = [];
    try {
      for (let n = 0; n < 13; n++) {
        const server = net.createServer();
        const port = n < 7 ? base + n : base + 994 + n;
        await new Promise((resolve, reject) => server.on("error", reject).listen(port, "127.0.0.1", resolve));
        servers.push(server);
      }
      return base;
    } catch (taken) {
      continue;
    } finally {
      servers.forEach((server) => server.close());
    }
  }
}

/** Starts an issuer of tokens and returns its URL and a token for all scopes. */
async function startIssuer() {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
  const server = http.createServer((request, response) => {
    const documents = {
      "/.well-known/openid-configuration": { issuer, jwks_uri: `${issuer}/jwks` },
      "/jwks": { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "browser", use: "sig", alg: "RS256" }] },
    };
    const body = documents[request.url];
    response.writeHead(body ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(body ?? {}));
  });
  const issuer = `http://127.0.0.1:${await listen(server)}`;
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const scope = SERVICES.flatMap((service) => [`${service}:read`, `${service}:write`]).join(" ");
  const claims = { iss: issuer, aud: AUDIENCE, sub: "browser", scope, exp: Math.floor(Date.now() / 1000) + 3600 };
  const signed = `${encode({ alg: "RS256", typ: "JWT", kid: "browser" })}.${encode(claims)}`;
  const token = `${signed}.${crypto.sign("RSA-SHA256", Buffer.from(signed), privateKey).toString("base64url")}`;
  return { server, issuer, token };
}

/** Starts a proxy that passes /shop/<name>/… on as /… to the port of that name, with no header that mentions the prefix. */
async function startProxy(ports) {
  const server = http.createServer((request, response) => {
    const [, name, rest] = request.url.match(/^\/shop\/([a-z-]+)(\/.*)$/) ?? [];
    if (!ports[name]) {
      response.writeHead(404).end();
      return;
    }
    const { method, headers } = request;
    const upstream = http.request({ host: "127.0.0.1", port: ports[name], path: rest, method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    request.pipe(upstream);
  });
  return { server, url: `http://127.0.0.1:${await listen(server)}/shop` };
}

function startPlatform(base, data, issuer) {
  const platform = spawn("./boutique", [], {
    env: {
      ...process.env,
      BOUTIQUE_DATA_DIR: data,
      BOUTIQUE_PORT_BASE: String(base),
      BOUTIQUE_SECURITY_MODE: "jwt",
      BOUTIQUE_SECURITY_JWT_ISSUER: issuer,
      BOUTIQUE_SECURITY_JWT_AUDIENCE: AUDIENCE,
      BOUTIQUE_SECURITY_APIKEYS: `browser=${crypto.createHash("sha256").update(API_KEY).digest("hex")}`,
      INVENTORY_API_KEY: API_KEY,
      CRM_API_KEY: API_KEY,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  return new Promise((resolve, reject) => {
    platform.stdout.on("data", (text) => {
      output += text;
      if (output.includes("Ctrl-C")) resolve(platform);
    });
    platform.on("exit", (code) => reject(new Error(`./boutique exited with ${code}:\n${output}`)));
  });
}

/** Opens a page. Every error that the browser reports is added to the page's `errors`. */
async function open(browser, url) {
  const page = await (await browser.createBrowserContext()).newPage();
  page.setDefaultTimeout(20000);
  await page.setViewport({ width: 1280, height: 1400 });
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(`uncaught: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) page.errors.push(`${message.text()} (${message.location().url ?? ""})`);
  });
  page.on("requestfailed", (request) => page.errors.push(`${request.url()}: ${request.failure().errorText}`));
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", (violation) =>
      console.error(`Content-Security-Policy: ${violation.violatedDirective} blocked ${violation.blockedURI}`));
  });
  await page.goto(url, { waitUntil: "load" });
  return page;
}

async function close(page) {
  await page.browserContext().close();
  equal(page.errors, [], "errors in the browser's console");
}

const shown = (page, title) =>
  page.waitForFunction(
    (expected) =>
      document.querySelector(".info .title")?.textContent.includes(expected) && document.querySelectorAll(".opblock").length > 3,
    {},
    `Multicloud Boutique ${title}`,
  );

async function screenshot(page, name) {
  if (!screenshots) return;
  fs.mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Enters a credential in the dialog "Authorize". */
async function authorize(page, field, value) {
  await page.click("button.authorize");
  await page.type(`.dialog-ux input${field}`, value);
  await page.evaluate((selector) => {
    document.querySelector(`.dialog-ux input${selector}`).closest(".auth-container").querySelector("button.authorize").click();
  }, field);
  await page.waitForFunction(
    () => [...document.querySelectorAll(".dialog-ux .auth-container button")].some((button) => button.textContent === "Logout"),
  );
  await page.click(".dialog-ux .btn-done");
  await page.waitForFunction(() => !document.querySelector(".dialog-ux"));
}

/** Fills in an operation and executes it. Returns the status and the body of the response. */
async function execute(page, operation, { parameters = {}, body } = {}) {
  const block = `[id^="operations-"][id$="-${operation}"]`;
  if (!(await page.$(`${block}.is-open`))) await page.click(`${block} .opblock-summary-control`);
  await page.waitForSelector(`${block} button.execute`);
  for (const [name, value] of Object.entries(parameters)) {
    const input = await page.waitForSelector(`${block} tr[data-param-name="${name}"] input`);
    await input.click({ clickCount: 3 });
    await input.type(value);
  }
  if (body) {
    const area = await page.waitForSelector(`${block} textarea.body-param__text`);
    await area.evaluate((element, text) => {
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(element, text);
      element.dispatchEvent(new Event("input", { bubbles: true }));
    }, JSON.stringify(body));
  }
  if (await page.$(`${block} .btn-clear`)) {
    await page.click(`${block} .btn-clear`);
    await page.waitForFunction((selector) => !document.querySelector(selector), {}, `${block} .live-responses-table`);
  }
  await page.click(`${block} button.execute`);
  const row = await page.waitForSelector(`${block} .live-responses-table tr.response`);
  return row.evaluate((element) => ({
    status: Number(element.querySelector(".response-col_status").firstChild.textContent),
    body: element.querySelector(".highlight-code pre, pre.microlight")?.textContent ?? "",
  }));
}

const DRAFTS = {
  crm: { list: "listCustomers", create: "createCustomer", remove: "deleteCustomer", draft: { name: "Ada", surname: "Lovelace" } },
  furniture: {
    list: "listFurnitureItems",
    create: "createFurnitureItem",
    remove: "deleteFurnitureItem",
    draft: { name: "Lamp", category: "Lighting", price: 19.99 },
  },
};

/** Lists, creates and deletes an item with "Execute". */
async function listCreateDelete(page, { list, create, remove, draft }) {
  equal((await execute(page, list)).status, 200, list);
  const created = await execute(page, create, { body: draft });
  equal(created.status, 201, `${create} (${created.body})`);
  const id = String(JSON.parse(created.body).id);
  equal((await execute(page, remove, { parameters: { id } })).status, 200, remove);
}

async function checks(browser, base, proxy, token) {
  const port = (service) => base + 1 + SERVICES.indexOf(service);
  const start = `http://localhost:${base}`;

  for (const service of SERVICES) {
    for (const [where, url] of [["on its port", `http://localhost:${port(service)}`], ["behind a prefix", `${proxy}/${service}`]]) {
      await step(`${service} ${where} shows its contract and executes an operation`, async () => {
        const page = await open(browser, `${url}/swagger-ui.html`);
        await shown(page, TITLES[service]);
        equal((await execute(page, "getLiveness")).status, 200, "getLiveness");
        await screenshot(page, `${service}-${where.replaceAll(" ", "-")}`);
        await close(page);
      });
    }
  }

  for (const [where, url] of [["", start], [" at 127.0.0.1", `http://127.0.0.1:${base}`]]) {
    await step(`the start page${where} shows the contract of each service in one selector`, async () => {
      const page = await open(browser, `${url}/`);
      await Promise.all([page.waitForNavigation(), page.click("a.explore")]);
      await page.waitForSelector("#select option");
      const names = await page.$$eval("#select option", (options) => options.map((option) => option.textContent));
      equal(names, Object.values(TITLES).sort(), "names in the selector");
      for (const service of SERVICES) {
        const value = await page.$$eval(
          "#select option",
          (options, name) => options.find((option) => option.textContent === name).value,
          TITLES[service],
        );
        await page.select("#select", value);
        await shown(page, TITLES[service]);
        equal((await execute(page, "getLiveness")).status, 200, "getLiveness");
        await screenshot(page, `start-page-${service}`);
      }
      await close(page);
    });
  }

  await step("the start page behind a prefix shows the contract of each service", async () => {
    const page = await open(browser, `${proxy}/start/swagger-ui.html`);
    await page.waitForSelector("#select option");
    for (const value of await page.$$eval("#select option", (options) => options.map((option) => option.value))) {
      await page.select("#select", value);
      await shown(page, TITLES[SERVICES[Number(new URL(value).port) - base - 1]]);
    }
    await close(page);
  });

  const credentials = { "an API key": ["#api_key_value", API_KEY], "a token": [`[aria-label="auth-bearer-value"]`, token] };
  for (const [kind, [field, value]] of Object.entries(credentials)) {
    for (const [where, url] of [["on its port", `http://localhost:${port("crm")}`], ["behind a prefix", `${proxy}/crm`]]) {
      await step(`crm ${where} executes GET, POST and DELETE with ${kind}`, async () => {
        const page = await open(browser, `${url}/swagger-ui.html`);
        await shown(page, "CRM");
        equal((await execute(page, "listCustomers")).status, 401, "listCustomers without credentials");
        page.errors = page.errors.filter((error) => !error.includes("status of 401"));
        await authorize(page, field, value);
        await listCreateDelete(page, DRAFTS.crm);
        await screenshot(page, `crm-${where}-${kind}`.replaceAll(" ", "-"));
        await close(page);
      });
    }
    await step(`the start page executes GET, POST and DELETE of furniture with ${kind}`, async () => {
      const page = await open(browser, `${start}/swagger-ui.html?urls.primaryName=Furniture`);
      await shown(page, "Furniture");
      await authorize(page, field, value);
      await listCreateDelete(page, DRAFTS.furniture);
      await screenshot(page, `start-page-with-${kind}`.replaceAll(" ", "-"));
      await close(page);
    });
  }
}

async function main() {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "boutique-browser-"));
  const base = await freePortBase();
  const issuer = await startIssuer();
  const proxy = await startProxy({ start: base, ...Object.fromEntries(SERVICES.map((service, n) => [service, base + 1 + n])) });
  let platform, browser;
  try {
    platform = await startPlatform(base, data, issuer.issuer);
    browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM,
      // Chromium's sandbox refuses to run as root.
      args: process.getuid() === 0 ? ["--no-sandbox"] : [],
    });
    await checks(browser, base, proxy.url, issuer.token);
  } finally {
    await browser?.close();
    if (platform) {
      const ended = new Promise((resolve) => platform.on("exit", resolve));
      platform.kill("SIGTERM");
      await ended;
    }
    [issuer, proxy].forEach(({ server }) => server.close());
    fs.rmSync(data, { recursive: true, force: true });
  }
  if (failures) {
    console.log(`${failures} checks failed`);
    process.exit(1);
  }
}

main().then(() => process.exit(0), (failure) => {
  console.error(failure);
  process.exit(1);
});
