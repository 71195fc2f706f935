// The peer without a database: Express, with everything in arrays and maps. Its data is lost when the process ends, so it shows what
// HTTP and JSON alone cost in Node.js.
import { randomUUID } from 'node:crypto';
import express from 'express';
import { inventoryClient } from './inventory-client.js';

const products = [];
const productsById = new Map();
for (let n = 1; n <= 1000; n++) {
  const product = {
    productId: `product-${String(n).padStart(4, '0')}`,
    name: `Product ${n}`,
    stockLevel: 1_000_000_000,
    reserved: 0,
    lastUpdated: new Date(),
  };
  products.push(product);
  productsById.set(product.productId, product);
}
const movements = [];
const reservations = new Map();
const responsesByKey = new Map();
const metrics = [];
const transactions = [];
const foodItems = [
  { id: 1, name: 'Pizza Margherita', category: 'Italian', price: 12.99, available: true },
  { id: 2, name: 'Sushi Roll', category: 'Japanese', price: 15.99, available: true },
  { id: 3, name: 'Burger Deluxe', category: 'American', price: 10.99, available: true },
  { id: 4, name: 'Pad Thai', category: 'Thai', price: 11.99, available: true },
  { id: 5, name: 'Tacos', category: 'Mexican', price: 9.99, available: true },
];

const inventoryCheck = inventoryClient(process.env.INVENTORY_SERVICE_URL);

const isText = (value) => typeof value === 'string' && value.length > 0 && value.length <= 200;
const isQuantity = (value) => Number.isInteger(value) && value >= 1 && value <= 1_000_000;
const isAmount = (value) => Number.isFinite(value) && value >= 0;
const isDate = (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value));

const problem = (response, status, error) => response.status(status).json({ error });

const toProduct = ({ productId, name, stockLevel, reserved, lastUpdated }) => ({
  productId,
  name,
  stockLevel,
  reserved,
  available: stockLevel - reserved,
  lastUpdated,
});

function reserve(product, quantity, kind, reservationId) {
  product.reserved += quantity;
  product.lastUpdated = new Date();
  movements.push({ productId: product.productId, kind, reservedDelta: quantity, reservationId, timestamp: product.lastUpdated });
}

const app = express();
app.disable('x-powered-by');
app.disable('etag');
app.use(express.json());

app.get('/inventory', (request, response) => {
  const limit = Number(request.query.limit ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) {
    return problem(response, 400, 'limit must be between 1 and 200.');
  }
  response.json({ total: products.length, data: products.slice(0, limit).map(toProduct) });
});

app.get('/inventory/:productId', (request, response) => {
  const product = productsById.get(request.params.productId);
  if (!product) {
    return problem(response, 404, 'There is no such product.');
  }
  response.json(toProduct(product));
});

app.post('/inventory/:productId/reserve', (request, response) => {
  const quantity = request.body?.quantity ?? 1;
  if (!isQuantity(quantity)) {
    return problem(response, 400, 'quantity must be an integer from 1 to 1000000.');
  }
  const key = request.get('Idempotency-Key');
  const stored = key && responsesByKey.get(`${request.path} ${key}`);
  if (stored) {
    return stored.quantity === quantity
      ? response.set('Idempotent-Replayed', 'true').json(stored.body)
      : problem(response, 422, 'The Idempotency-Key belongs to another request.');
  }
  const product = productsById.get(request.params.productId);
  if (!product) {
    return problem(response, 404, 'There is no such product.');
  }
  if (product.stockLevel - product.reserved < quantity) {
    return problem(response, 409, 'There is not enough stock.');
  }
  reserve(product, quantity, 'reserve');
  const body = toProduct(product);
  if (key) {
    responsesByKey.set(`${request.path} ${key}`, { quantity, body });
  }
  response.json(body);
});

app.post('/reservations', (request, response) => {
  const { lines, ttlSeconds = 900, reference } = request.body ?? {};
  const valid =
    Array.isArray(lines) &&
    lines.length >= 1 &&
    lines.length <= 50 &&
    lines.every((line) => isText(line?.productId) && isQuantity(line.quantity)) &&
    isQuantity(ttlSeconds) &&
    (reference === undefined || isText(reference));
  if (!valid) {
    return problem(response, 400, 'The reservation is not valid.');
  }
  const quantities = new Map();
  for (const { productId, quantity } of lines) {
    quantities.set(productId, (quantities.get(productId) ?? 0) + quantity);
  }
  for (const [productId, quantity] of quantities) {
    const product = productsById.get(productId);
    if (!product) {
      return problem(response, 404, 'There is no such product.');
    }
    if (product.stockLevel - product.reserved < quantity) {
      return problem(response, 409, 'There is not enough stock.');
    }
  }
  const createdAt = new Date();
  const reservation = {
    reservationId: randomUUID(),
    status: 'active',
    lines: [...quantities].sort().map(([productId, quantity]) => ({ productId, quantity })),
    reference,
    createdAt,
    expiresAt: new Date(createdAt.getTime() + ttlSeconds * 1000),
  };
  for (const { productId, quantity } of reservation.lines) {
    reserve(productsById.get(productId), quantity, 'hold', reservation.reservationId);
  }
  reservations.set(reservation.reservationId, reservation);
  response.status(201).json(reservation);
});

app.post('/metrics', (request, response) => {
  const { transactionType, durationMs, success } = request.body ?? {};
  if (!isText(transactionType) || !isAmount(durationMs) || typeof success !== 'boolean') {
    return problem(response, 400, 'The metric is not valid.');
  }
  const metric = { transactionType, durationMs, success, timestamp: new Date() };
  metrics.push(metric);
  response.status(201).json(metric);
});

app.post('/transactions', (request, response) => {
  const { item, price, date, customer } = request.body ?? {};
  if (!isText(item) || !isAmount(price) || !isDate(date) || (customer !== undefined && !isText(customer))) {
    return problem(response, 400, 'The transaction is not valid.');
  }
  const transaction = { id: transactions.length + 1, item, price, date, customer };
  transactions.push(transaction);
  response.status(201).json(transaction);
});

app.get('/food', async (request, response) => {
  response.json({ foodItems, inventoryCheck: await inventoryCheck() });
});

app.listen(Number(process.env.PORT), '127.0.0.1');
