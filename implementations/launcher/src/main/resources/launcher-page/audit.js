// Checks the books: reads the whole history of each product and of the ledger, and compares its sums with what the services say.
import { pages } from "./api.js";
import { cents, element, money, number, outcome, table } from "./element.js";

class Unanswered extends Error {}

/** Calls `add` with the body of each page of a list. */
async function each(operation, parameters, add) {
  for await (const { status, json } of pages(operation, parameters)) {
    if (status !== 200) throw new Unanswered();
    add(json);
  }
}

async function readProducts() {
  const products = [];
  await each("listProducts", {}, ({ data }) => products.push(...data));
  return products;
}

const equality = (sum, said, format) => `${format(sum)} ${sum === said ? "=" : "≠"} ${format(said)}`;

/** The products are read before and after their movements. If they are equal, the movements belong to them. */
async function checkStock(tell) {
  const products = await readProducts();
  const sums = [];
  for (const { productId, name } of products) {
    const sum = { count: 0, stock: 0, reserved: 0 };
    await each("listMovements", { path: { productId } }, (movements) => {
      sum.count += movements.length;
      for (const { stockDelta, reservedDelta } of movements) {
        sum.stock += stockDelta;
        sum.reserved += reservedDelta;
      }
      tell(`Reading the movements of ${name}: ${number(sum.count)}.`);
    });
    sums.push(sum);
  }
  if (JSON.stringify(await readProducts()) !== JSON.stringify(products)) {
    return [outcome("refused", "The stock has changed while the page was reading it. Check again when no orders are running.")];
  }
  const agree = products.every(({ stockLevel, reserved, available }, i) =>
    sums[i].stock === stockLevel && sums[i].reserved === reserved && available === stockLevel - reserved);
  const all = number(sums.reduce((total, { count }) => total + count, 0));
  return [
    outcome(agree ? "done" : "failed", agree
      ? `The stock agrees with its history: for each of ${number(products.length)} products, the movements (${all} in total) add up to its stock and to its reserved quantity.`
      : "The stock differs from its history. Are old movements deleted (BOUTIQUE_RETENTION_MOVEMENTS)? Otherwise, this is an error."),
    table(["Product", "Movements", "Sum = in stock", "Sum = reserved"], products.map(({ name, stockLevel, reserved }, i) =>
      [name, number(sums[i].count), equality(sums[i].stock, stockLevel, number), equality(sums[i].reserved, reserved, number)])),
  ];
}

/** Each page has the summary of the whole ledger. If the first one and the last one are equal, the pages belong together. */
async function checkLedger(tell) {
  const summaries = [];
  let [count, amount] = [0, 0];
  await each("listTransactions", {}, ({ transactions, summary }) => {
    summaries.push(summary);
    count += transactions.length;
    for (const { price } of transactions) amount += cents(price);
    tell(`Reading the ledger: ${number(count)} transactions.`);
  });
  const { totalTransactions, totalAmount } = summaries[0];
  if (JSON.stringify(summaries.at(-1)) !== JSON.stringify(summaries[0])) {
    return [outcome("refused", "The ledger has changed while the page was reading it. Check again when no orders are running.")];
  }
  return [count === totalTransactions && amount === cents(totalAmount)
    ? outcome("done", `The ledger agrees with its summary: ${number(count)} transactions add up to the revenue of ${money(totalAmount)}.`)
    : outcome("failed", `The ledger differs from its summary: ${equality(count, totalTransactions, number)} transactions, ${equality(amount / 100, totalAmount, money)}.`)];
}

/** Checks stock and ledger, and shows the result in this element. */
export async function checkBooks(target) {
  const progress = element("p");
  target.replaceChildren(progress);
  const tell = (text) => { progress.textContent = text; };
  const results = [];
  for (const [check, service] of [[checkStock, "The inventory"], [checkLedger, "Accounting"]]) {
    try {
      results.push(...await check(tell));
    } catch (failure) {
      if (!(failure instanceof Unanswered)) throw failure;
      results.push(outcome("failed", `${service} does not answer, so the page has not checked its books.`));
    }
  }
  target.replaceChildren(...results);
}
