// Browses the products, records a transaction, and reads one that does not exist.
import createClient from "openapi-fetch";
import type { paths as Accounting } from "./accounting.js";
import type { paths as Inventory } from "./inventory.js";

const inventory = createClient<Inventory>({ baseUrl: process.env.BOUTIQUE_INVENTORY_URL ?? "http://localhost:8083" });
const accounting = createClient<Accounting>({ baseUrl: process.env.BOUTIQUE_ACCOUNTING_URL ?? "http://localhost:8086" });

let cursor: string | undefined;
for (const page of ["first page", "second page"]) {
  const { data, error } = await inventory.GET("/inventory", { params: { query: { limit: 2, cursor } } });
  if (error) throw new Error(error.detail);
  console.log(`${page}: ${data.data.map((product) => product.name).join(", ")}`);
  cursor = data.nextCursor;
}

// The same key for every attempt, so that the transaction is recorded once.
const header = { "Idempotency-Key": crypto.randomUUID() };
const body = { item: "Grand Piano", price: 1234567.89, date: "2026-11-23" };
for (const attempt of ["recorded", "sent again"]) {
  const { data, error, response } = await accounting.POST("/transactions", { params: { header }, body });
  if (error) throw new Error(error.detail);
  console.log(`${attempt}: ${data.item}, ${data.price}, replayed: ${response.headers.has("Idempotent-Replayed")}`);
}

const { error, response } = await accounting.GET("/transactions/{id}", { params: { path: { id: 999999999 } } });
console.log(`unknown transaction: ${response.status} ${error?.code}`);
