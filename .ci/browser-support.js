// Shared by the browser tests: a platform on free ports, pages that collect the errors that the browser reports, and steps that report.
const crypto = require("node:crypto");
const fs = require("node:fs");
const net = require("node:net");
const os = require("node:os");
const path = require("node:path");
const { spawn } = require("node:child_process");
const puppeteer = require("puppeteer-core");

const SERVICES = ["analytics", "crm", "inventory", "furniture", "food", "accounting"];
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

/** Starts ./boutique with these environment variables. Resolves when it is up. */
function startPlatform(base, data, settings) {
  const platform = spawn("./boutique", [], {
    env: { ...process.env, BOUTIQUE_DATA_DIR: data, BOUTIQUE_PORT_BASE: String(base), ...settings },
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
  page.on("requestfailed", (request) => {
    // A page that is left aborts what it reads at this moment.
    if (request.failure().errorText !== "net::ERR_ABORTED") page.errors.push(`${request.url()}: ${request.failure().errorText}`);
  });
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

async function screenshot(page, name, fullPage = false) {
  if (!screenshots) return;
  fs.mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: path.join(screenshots, `${name}.png`), fullPage });
}

/** Starts the platform and a browser, runs the checks with the browser and the port base, and ends both. Throws if a check has failed. */
async function withPlatform(settings, checks) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), "boutique-browser-"));
  const base = await freePortBase();
  let platform, browser;
  try {
    platform = await startPlatform(base, data, settings);
    browser = await puppeteer.launch({
      executablePath: process.env.CHROMIUM,
      // Chromium's sandbox refuses to run as root.
      args: process.getuid() === 0 ? ["--no-sandbox"] : [],
    });
    await checks(browser, base);
  } finally {
    await browser?.close();
    if (platform) {
      const ended = new Promise((resolve) => platform.on("exit", resolve));
      platform.kill("SIGTERM");
      await ended;
    }
    fs.rmSync(data, { recursive: true, force: true });
  }
  if (failures) throw new Error(`${failures} checks failed`);
}

module.exports = { SERVICES, step, equal, listen, open, close, screenshot, withPlatform };
