// Starts the six services with access control and tries their Swagger UI in a headless Chromium: on the start page, on each service, and
// behind a proxy that strips a path prefix without saying so. Executes operations without credentials, with an API key and with a token.
// Exits with 1 if a page does not show its contract, an operation does not get the expected response, or the browser reports an error,
// for instance a violation of the Content-Security-Policy.
const crypto = require("node:crypto");
const http = require("node:http");
const { SERVICES, step, equal, listen, open, close, screenshot, withPlatform } = require("./browser-support.js");

const TITLES = { analytics: "Analytics", crm: "CRM", inventory: "Inventory", furniture: "Furniture", food: "Food", accounting: "Accounting" };
const AUDIENCE = "multicloud-boutique";
const API_KEY = crypto.randomUUID();

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

/** Waits until the page shows a contract. Swagger UI draws a contract again when its references are resolved, and then loses clicks. */
async function shown(page, title) {
  await page.waitForFunction(
    (expected) =>
      document.querySelector(".info .title")?.textContent.includes(expected) && document.querySelectorAll(".opblock").length > 3,
    {},
    `Multicloud Boutique ${title}`,
  );
  await page.waitForNetworkIdle();
  await page.evaluate(() => new Promise(requestIdleCallback));
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
      const startPage = await open(browser, `${url}/`);
      const explorer = await startPage.$eval("a.explore", (link) => link.href);
      await close(startPage);
      const page = await open(browser, explorer);
      await page.waitForSelector("#select option");
      const names = await page.$$eval("#select option", (options) => options.map((option) => option.textContent));
      equal(names, Object.values(TITLES).sort(), "names in the selector");
      await shown(page, ""); // a contract that arrives after the selection would replace the selected one
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
    await shown(page, "");
    for (const value of await page.$$eval("#select option", (options) => options.map((option) => option.value))) {
      await page.select("#select", value);
      await shown(page, TITLES[SERVICES[Number(new URL(value).port) - base - 1]]);
    }
    await close(page);
  });

  await step("the start page says that it has no credentials, and shows the services all the same", async () => {
    const page = await open(browser, `${start}/`);
    await page.waitForFunction(() => document.querySelector("#notice").textContent.includes("BOUTIQUE_SECURITY_MODE is jwt"));
    await page.waitForFunction(() => document.querySelectorAll('.node[data-state="healthy"]').length === 6);
    equal(await page.$$eval("#order-form button", (buttons) => buttons.every((button) => button.disabled)), true, "disabled buttons");
    await screenshot(page, "start-page-protected");
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
  const issuer = await startIssuer();
  const settings = {
    BOUTIQUE_SECURITY_MODE: "jwt",
    BOUTIQUE_SECURITY_JWT_ISSUER: issuer.issuer,
    BOUTIQUE_SECURITY_JWT_AUDIENCE: AUDIENCE,
    BOUTIQUE_SECURITY_APIKEYS: `browser=${crypto.createHash("sha256").update(API_KEY).digest("hex")}`,
    INVENTORY_API_KEY: API_KEY,
    CRM_API_KEY: API_KEY,
  };
  await withPlatform(settings, async (browser, base) => {
    const proxy = await startProxy({ start: base, ...Object.fromEntries(SERVICES.map((service, n) => [service, base + 1 + n])) });
    await checks(browser, base, proxy.url, issuer.token);
  });
}

main().then(() => process.exit(0), (failure) => {
  console.error(failure.message);
  process.exit(1);
});
