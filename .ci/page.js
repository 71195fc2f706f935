// Starts the six services and uses the start page in a headless Chromium as a visitor would: places orders, lets each of them go wrong in
// each way, places a hundred at once, stops services, and checks the books. Compares what the page says with what the services say. Exits
// with 1 if they differ, or the browser reports an error other than the answers that a scenario provokes.
const { SERVICES, step, equal, open, close, screenshot, withPlatform } = require("./browser-support.js");

const CAMERA = "2ZYFJ3GM2N";
const MUG = "LS4PSXUNUM";

async function checks(browser, base) {
  const start = `http://localhost:${base}`;
  const get = async (service, path) => (await fetch(`http://127.0.0.1:${base + 1 + SERVICES.indexOf(service)}${path}`)).json();
  const stock = (product) => get("inventory", `/inventory/${product}`);
  const ledger = async () => (await get("accounting", "/transactions?limit=1")).summary;
  const measured = async () => (await get("analytics", "/metrics?transactionType=order&limit=1")).summary;

  /** Opens the page and waits until it shows all services and the stock. */
  async function visit(url = `${start}/`) {
    return complete(await open(browser, url));
  }

  async function complete(page) {
    await page.waitForFunction(() => document.querySelectorAll('.node[data-state="healthy"]').length === 6 && document.querySelectorAll("#products li").length === 9
      && document.querySelector("#movements tr") && document.querySelector("#transactions tr") && document.querySelector("#metrics dd"));
    return page;
  }

  /** Runs a scenario and returns the outcome, and the state, the status and the effect of each step. */
  async function run(page, scenario, productId = CAMERA) {
    await page.select("select[name=product]", productId);
    await page.click(`input[value="${scenario}"]`);
    await page.click("#order-form .primary");
    await page.waitForSelector("#result .outcome");
    await page.waitForSelector("#order-form .primary:not(:disabled)");
    return page.evaluate(() => ({
      state: document.querySelector(".outcome").dataset.state,
      text: document.querySelector(".outcome").textContent,
      steps: [...document.querySelectorAll("#steps li")].map((item) => ({
        title: item.querySelector("strong").textContent,
        state: item.dataset.state,
        status: parseInt(item.querySelector(".badge").textContent, 10) || null,
        effect: item.querySelector(".effect").textContent,
      })),
    }));
  }

  /** Removes the reports of answers with this status. Chromium reports each as an error, and there is no way to prevent it. */
  function expectAnswers(page, status, count) {
    const reports = page.errors.filter((error) => error.includes(`status of ${status}`));
    equal(reports.length, count, `answers with ${status}`);
    page.errors = page.errors.filter((error) => !reports.includes(error));
  }

  const statuses = ({ steps }) => steps.map(({ status }) => status).filter(Boolean);

  await step("the map is there within a second, and the services follow", async () => {
    const times = [];
    for (let n = 0; n < 3; n++) {
      const page = await visit();
      times.push(Math.round(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime)));
      equal(await page.$eval("#summary", (summary) => summary.textContent), "All six services are healthy.", "summary");
      await close(page);
    }
    console.log(`      first contentful paint after ${times.join(", ")} ms`);
    equal(Math.min(...times) < 1000, true, "painted within a second");
  });

  await step("an order is placed, and the page shows what it has changed", async () => {
    const before = [await stock(CAMERA), await ledger(), await measured()];
    const page = await visit();
    const outcome = await run(page, "placed");
    equal([outcome.state, statuses(outcome)], ["done", [200, 201, 201, 200, 201, 200]], "outcome");
    const effects = outcome.steps.map(({ effect }) => effect).join(" ");
    for (const expected of ["available 15 → 14, held 0 → 1", "transactions 4 → 5", "2,025.49 → 2,274.49", "stock 15 → 14, held 1 → 0", "measured orders 0 → 1"])
      equal(effects.includes(expected), true, `"${expected}" in "${effects}"`);
    const after = [await stock(CAMERA), await ledger(), await measured()];
    equal(after[0].stockLevel, before[0].stockLevel - 1, "stock");
    equal(after[1].totalTransactions, before[1].totalTransactions + 1, "transactions");
    equal(after[2].successCount, before[2].successCount + 1, "successful orders");
    await page.waitForFunction(() => document.querySelector("#movements tr td:nth-child(3)").textContent === "confirm");
    equal(await page.$eval("#transactions tr td:nth-child(2)", (cell) => cell.textContent), "1 x Film Camera", "newest transaction");
    await close(page);
  });

  await step("the calls between services light up", async () => {
    const page = await visit();
    const lit = (wire) => page.waitForFunction((name) => document.querySelector(`[data-wire="${name}"]`).matches(".lit"), {}, wire);
    await Promise.all([lit("food-inventory"), lit("checkout-food"), get("food", "/food")]);
    await Promise.all([lit("accounting-crm"), lit("checkout-accounting"), get("accounting", "/transactions")]);
    await Promise.all([get("furniture", "/furniture"), page.waitForFunction(() => /^[\d.]+\/s$/.test(document.querySelector('[data-path="checkout-https"] b').textContent))]);
    await close(page);
  });

  for (const [scenario, status, count] of [["soldOut", 409, 1], ["declined", 0, 0], ["expired", 409, 1]]) {
    await step(`the order "${scenario}" leaves neither a hold nor a transaction`, async () => {
      const before = [await stock(CAMERA), await ledger()];
      const failed = (await measured()).failureCount;
      const page = await visit();
      const outcome = await run(page, scenario);
      equal(outcome.state, "done", JSON.stringify(outcome));
      expectAnswers(page, status, count);
      const after = [await stock(CAMERA), await ledger()];
      for (const one of [before[0], after[0]]) delete one.lastUpdated;
      equal(after, before, "stock and ledger");
      equal((await measured()).failureCount, failed + 1, "failed orders");
      await close(page);
    });
  }

  await step("requests that are repeated with their key have one effect", async () => {
    const before = [await stock(CAMERA), await ledger(), await measured()];
    const page = await visit();
    const outcome = await run(page, "repeated");
    equal(outcome.state, "done", JSON.stringify(outcome));
    equal(outcome.steps.filter(({ effect }) => effect === "Idempotent-Replayed: true. This is the first answer again. Nothing has changed.").length, 4, "replayed answers");
    const after = [await stock(CAMERA), await ledger(), await measured()];
    equal(after[0].stockLevel, before[0].stockLevel - 1, "stock");
    equal(after[1].totalTransactions, before[1].totalTransactions + 1, "transactions");
    equal(after[2].totalTransactions, before[2].totalTransactions + 1, "metrics");
    await close(page);
  });

  await step("a key that was used for another cart is refused", async () => {
    const page = await visit();
    const outcome = await run(page, "reused");
    equal([outcome.state, statuses(outcome)], ["done", [200, 201, 422, 201, 200, 201, 200]], "outcome");
    expectAnswers(page, 422, 1);
    await close(page);
  });

  await step("goods are received, returned and refunded", async () => {
    const [level, revenue] = [(await stock(CAMERA)).stockLevel, (await ledger()).totalAmount];
    const page = await visit();
    await page.click('[aria-label="Receive 10 of Film Camera"]');
    await page.waitForFunction((text) => [...document.querySelectorAll(".level")].some((one) => one.textContent === text), {}, `${level + 10} in stock`);
    await run(page, "placed");
    await page.click("#result button");
    await page.waitForFunction(() => document.querySelector(".outcome").textContent.includes("The goods are back"));
    equal([(await stock(CAMERA)).stockLevel, (await ledger()).totalAmount], [level + 10, revenue], "stock and revenue");
    equal(await page.$eval("#transactions td.number", (cell) => cell.textContent), "−249.00", "price of the refund");
    await close(page);
  });

  await step("a hundred orders for 95 mugs: 95 are placed, and the books agree", async () => {
    const { available, stockLevel } = await stock(MUG);
    const page = await visit();
    await page.select("select[name=product]", MUG);
    await page.click("#hundred");
    await page.waitForSelector("#result .totals", { timeout: 60000 });
    const rows = await page.$$eval(".totals tbody tr", (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    equal(rows.map((row) => row[3]), Array(5).fill("✓ equal"), JSON.stringify(rows));
    equal(rows[0].slice(1, 3), [String(available), String(available)], "units sold");
    equal((await stock(MUG)).stockLevel, stockLevel - available, "stock");
    console.log(`      ${await page.$eval(".outcome", (outcome) => outcome.textContent)}`);
    expectAnswers(page, 409, 100 - available);
    await screenshot(page, "page-hundred");
    await close(page);
  });

  await step("the bars of the stock keep their scale when the page is opened again", async () => {
    const widths = (page) => page.$$eval("#products .bar span", (bars) => bars.map(({ style }) => style.width));
    const page = await visit();
    await run(page, "placed");
    await page.waitForFunction(() => document.querySelector("#movements tr td:nth-child(3)").textContent === "confirm");
    const again = await visit();
    equal(await widths(again), await widths(page), "widths");
    await close(again);
    await close(page);
  });

  /** Adds a hundred mugs to the stock. */
  const deliver = () => fetch(`http://127.0.0.1:${base + 1 + SERVICES.indexOf("inventory")}/inventory/adjustments`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ lines: [{ productId: MUG, delta: 100 }], reason: "received" }),
  });

  /** Returns the text of the outcome and the rows of the totals, when the buttons of the order are enabled again. */
  async function outcomeOfMany(page) {
    await page.waitForSelector("#result .outcome", { timeout: 60000 });
    await page.waitForSelector("#hundred:not(:disabled)");
    return page.evaluate(() => [document.querySelector("#result .outcome").textContent,
      [...document.querySelectorAll("#result .totals tbody tr")].map((row) => [...row.cells].map((cell) => cell.textContent))]);
  }

  async function checkBooks(page) {
    await page.click("#check");
    await page.waitForSelector("#books .outcome");
    await page.waitForSelector("#check:not(:disabled)");
    return page.$$eval("#books .outcome", (all) => all.map((outcome) => [outcome.dataset.state, outcome.textContent]));
  }

  await step("no order is lost or placed twice if the inventory stops in the middle of a hundred", async () => {
    await deliver();
    const { stockLevel } = await stock(MUG);
    const page = await visit();
    await page.select("select[name=product]", MUG);
    await page.click("[name=interrupt]");
    const begin = Date.now();
    await page.click("#hundred");
    const [text, none] = await outcomeOfMany(page);
    equal([text.startsWith("Inventory does not answer, so the run has ended."), text.includes("open"), none], [true, true, []], text);
    equal(Date.now() - begin < 10000, true, `the run ended after ${Date.now() - begin} ms`);
    console.log(`      ${text}`);
    await screenshot(page, "page-interrupted");
    await page.click("#result button");
    await page.waitForSelector("#result .totals", { timeout: 60000 });
    const [after, rows] = await outcomeOfMany(page);
    equal(rows.map((row) => row[3]), Array(5).fill("✓ equal"), JSON.stringify([after, rows]));
    equal([rows[0][1], (await stock(MUG)).stockLevel], ["100", stockLevel - 100], "sold");
    console.log(`      ${after}`);
    const books = await checkBooks(page);
    equal(books.map(([state]) => state), ["done", "done"], JSON.stringify(books));
    console.log(books.map(([, said]) => `      ${said}`).join("\n"));
    await page.$eval("#promises", (promises) => promises.scrollIntoView());
    await screenshot(page, "page-books");
    page.errors = page.errors.filter((error) => !/ERR_(CONNECTION_|EMPTY_RESPONSE)|status of 503/.test(error));
    await close(page);
  });

  await step("the visitor can stop a hundred orders and continue them", async () => {
    await deliver();
    const page = await visit();
    await page.select("select[name=product]", MUG);
    await page.click("#hundred");
    await (await page.waitForSelector("#result .progress button")).click();
    const [text, rows] = await outcomeOfMany(page);
    equal([text.startsWith("You have stopped the run."), rows.map((row) => row[3])], [true, Array(5).fill("✓ equal")], JSON.stringify([text, rows]));
    equal(Number(rows[0][1]) < 100, true, text);
    await page.click("#result button");
    await page.waitForFunction(() => document.querySelector("#result .outcome")?.textContent.startsWith("100 of 100"), { timeout: 60000 });
    equal((await outcomeOfMany(page))[1].map((row) => row[3]), Array(5).fill("✓ equal"), "totals");
    await close(page);
  });

  await step("the check of the books finds a lost movement and a lost transaction", async () => {
    const page = await open(browser, `${start}/`);
    await page.evaluateOnNewDocument(() => {
      const original = window.fetch;
      window.fetch = async (url, ...more) => {
        const answer = await original(url, ...more);
        if (!/limit=200/.test(url) || !/movements|transactions/.test(url)) return answer;
        const json = await answer.json();
        (json.transactions ?? json).pop();
        return new Response(JSON.stringify(json), { status: answer.status, headers: answer.headers });
      };
    });
    await page.reload();
    await complete(page);
    const books = await checkBooks(page);
    equal(books.map(([state]) => state), ["failed", "failed"], JSON.stringify(books));
    equal(await page.$$eval("#books td", (cells) => cells.some(({ textContent }) => textContent.includes("≠"))), true, "a difference in the table");
    await close(page);
  });

  await step("without the inventory, the page says what fails, and claims nothing that it has not seen", async () => {
    const before = [await stock(CAMERA), await ledger()];
    const page = await visit();
    await page.click('[data-service="inventory"]');
    await page.click("#service .switch");
    await page.waitForSelector('.node[data-service="inventory"][data-state="stopped"]', { timeout: 3000 });
    const outcome = await run(page, "placed");
    equal([outcome.state, outcome.text.includes("Inventory has not answered"), outcome.text.includes("Nothing is held")], ["failed", true, false], outcome.text);
    const titles = outcome.steps.map(({ title }) => title);
    equal(titles, [...new Set(titles)], "each step is shown once");
    equal(outcome.steps[1].effect.includes("Nothing has changed"), false, outcome.steps[1].effect);
    await page.waitForFunction(() => document.querySelector('[data-wire="checkout-inventory"]').matches(".failing")
      && document.querySelector('[data-path="checkout-inventory"] b').textContent === "no answer");
    await screenshot(page, "page-inventory-stopped", true);
    await page.click('[aria-label="Receive 10 of Film Camera"]');
    await page.waitForFunction(() => [...document.querySelectorAll("#products .failure")].some(({ textContent }) => textContent.startsWith("The inventory does not answer.")));
    const begin = Date.now();
    await page.click("#hundred");
    const [text] = await outcomeOfMany(page);
    equal([text.startsWith("Inventory does not answer, so the run has not begun."), Date.now() - begin < 3000], [true, true], text);
    const books = await checkBooks(page);
    equal(books.map(([state]) => state), ["failed", "done"], JSON.stringify(books));
    equal(await ledger(), before[1], "ledger");
    await page.click("#service .switch");
    await page.waitForSelector('.node[data-service="inventory"][data-state="healthy"]');
    await page.waitForFunction(() => !document.querySelector('[data-wire="checkout-inventory"]').matches(".failing"));
    await page.click('[aria-label="Receive 10 of Film Camera"]');
    await page.waitForFunction(() => [...document.querySelectorAll("#products .failure")].every(({ textContent }) => !textContent));
    equal((await stock(CAMERA)).stockLevel, before[0].stockLevel + 10, "stock");
    page.errors = page.errors.filter((error) => !error.includes("ERR_CONNECTION_REFUSED"));
    await close(page);
  });

  await step("a stopped CRM is seen at once, orders go on without it, and it starts again", async () => {
    const page = await visit();
    await page.click('[data-service="crm"]');
    await page.click("#service .switch");
    await page.waitForSelector('.node[data-service="crm"][data-state="stopped"]', { timeout: 3000 });
    await page.waitForFunction(() => document.querySelector("#summary").textContent.includes("CRM is stopped. Accounting has no customers in its lists"));
    const outcome = await run(page, "placed");
    equal(outcome.state, "done", JSON.stringify(outcome));
    equal(outcome.steps.at(-1).effect.includes("The CRM could not be reached."), true, outcome.steps.at(-1).effect);
    await page.waitForSelector('[data-wire="accounting-crm"].failing');
    await screenshot(page, "page-stopped", true);
    await page.click("#service .switch");
    await page.waitForSelector('.node[data-service="crm"][data-state="healthy"]');
    await close(page);
  });

  await step("an order without accounting is undone", async () => {
    const before = await stock(CAMERA);
    const page = await visit();
    await page.click('[data-service="accounting"]');
    await page.click("#service .switch");
    await page.waitForSelector('.node[data-service="accounting"][data-state="stopped"]', { timeout: 3000 });
    const outcome = await run(page, "placed");
    equal(outcome.steps.filter(({ title }) => title === "Undo: cancel the hold").map(({ state }) => state), ["done"], JSON.stringify(outcome));
    const after = await stock(CAMERA);
    equal([after.stockLevel, after.reserved], [before.stockLevel, before.reserved], "stock");
    equal(await page.$eval("#ledger-missing", ({ hidden }) => hidden), false, "the ledger is marked as old");
    page.errors = page.errors.filter((error) => !error.includes("ERR_CONNECTION_REFUSED"));
    await page.click("#service .switch");
    await page.waitForSelector('.node[data-service="accounting"][data-state="healthy"]');
    await page.waitForFunction(() => document.querySelector("#ledger-missing").hidden);
    await close(page);
  });

  for (const host of ["127.0.0.1", "[::1]"]) {
    await step(`an order is placed from ${host}, too`, async () => {
      const page = await visit(`http://${host}:${base}/`);
      equal((await run(page, "placed")).state, "done", "outcome");
      await close(page);
    });
  }

  await step("every link leads to its operation in Swagger UI", async () => {
    const page = await visit();
    await run(page, "placed");
    const links = await page.$$eval(".elsewhere a", (all) => [...new Set(all.map(({ href }) => href))]);
    equal(links.length >= 8, true, `links: ${links.join(", ")}`);
    await close(page);
    for (const link of links) {
      const swagger = await open(browser, link);
      await swagger.waitForSelector(`.opblock.is-open[id$="-${link.split("/").at(-1)}"]`);
      await close(swagger);
    }
  });

  for (const [name, width, height] of [["desktop", 1280, 900], ["phone", 375, 812]]) {
    for (const scheme of ["light", "dark"]) {
      await step(`the page fits a ${name} in a ${scheme} color scheme`, async () => {
        const page = await visit();
        await page.setViewport({ width, height, deviceScaleFactor: 2 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await run(page, "placed");
        await screenshot(page, `page-${name}-${scheme}`, true);
        await page.$$eval("details", (all) => all.forEach((one) => { one.open = true; }));
        equal(await page.$$eval("html, body *", (all) => all
          .filter((one) => one.scrollWidth > one.clientWidth + 1 && (one.localName === "html" || getComputedStyle(one).overflowX === "auto"))
          .map((one) => one.className || one.localName)), [], "elements that scroll sideways");
        const least = name === "phone" ? 40 : 24;
        equal(await page.$$eval("button, summary, select, .choice, nav a, .elsewhere a", (all, height) => all
          .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < height)
          .map((one) => `${one.textContent}: ${one.getBoundingClientRect().height}`), least), [], `targets lower than ${least} px`);
        await close(page);
      });
    }
  }
}

withPlatform({}, checks).then(() => process.exit(0), (failure) => {
  console.error(failure.message);
  process.exit(1);
});
