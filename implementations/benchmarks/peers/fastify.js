// The peer with a database: Fastify and pg. It validates and serializes with JSON schemas, prepares its statements, and needs one round
// trip to the database per request, except for a reservation of several products.
import cluster from 'node:cluster';
import Fastify from 'fastify';
import pg from 'pg';
import { inventoryClient } from './inventory-client.js';

const WORKERS = Number(process.env.WORKERS ?? 1);
const CONNECTIONS = 12;
const UNIQUE_VIOLATION = '23505';

function serve() {
  pg.types.setTypeParser(pg.types.builtins.INT8, Number);
  pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  // As the text of the database: a Date would depend on the time zone.
  pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
  const pool = new pg.Pool({
    connectionString: process.env.DATABASE_URL,
    max: Math.ceil(CONNECTIONS / WORKERS),
  });
  const app = Fastify();
  inventory(app, pool);
  ledger(app, pool);
  food(app, pool);
  app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
}

const text = { type: 'string', minLength: 1, maxLength: 200 };
const count = { type: 'integer' };
const quantity = { type: 'integer', minimum: 1, maximum: 1_000_000 };
const amount = { type: 'number', minimum: 0 };
const timestamp = { type: 'string', format: 'date-time' };

function object(properties, required = Object.keys(properties)) {
  return { type: 'object', properties, required };
}

function problem(statusCode, message) {
  return Object.assign(new Error(message), { statusCode });
}

// ---- Inventory

const product = object({
  productId: text,
  name: text,
  stockLevel: count,
  reserved: count,
  available: count,
  lastUpdated: timestamp,
});

const toProduct = (row) => ({
  productId: row.product_id,
  name: row.name,
  stockLevel: row.stock_level,
  reserved: row.reserved,
  available: row.stock_level - row.reserved,
  lastUpdated: row.last_updated,
});

const COLUMNS = 'product_id, name, stock_level, reserved, last_updated';

const PRODUCT = `SELECT ${COLUMNS} FROM products WHERE product_id = $1`;

const PRODUCTS = `
  SELECT ${COLUMNS}, (SELECT count(*) FROM products) AS total FROM products ORDER BY product_id LIMIT $1`;

const CHANGED = `
  WITH changed AS (
    UPDATE products SET reserved = reserved + $2, last_updated = now()
    WHERE product_id = $1 AND stock_level - reserved >= $2
    RETURNING ${COLUMNS}
  ), moved AS (
    INSERT INTO movements (product_id, kind, reserved_delta) SELECT product_id, 'reserve', $2 FROM changed
  )`;

const RESERVE = `${CHANGED} SELECT * FROM changed`;

// If the key exists already, the unique violation undoes the whole statement.
const RESERVE_WITH_KEY = `${CHANGED}, keyed AS (
    INSERT INTO idempotency_keys (path, key, request, response)
    SELECT $3, $4, $5, to_jsonb(changed) FROM changed
  ) SELECT * FROM changed`;

const STORED = 'SELECT request, response FROM idempotency_keys WHERE path = $1 AND key = $2';

// In the order of their ids, so that two carts with the same products wait for each other instead of causing a deadlock.
const LOCK = `
  SELECT product_id, stock_level - reserved AS available FROM products WHERE product_id = ANY($1) ORDER BY product_id FOR UPDATE`;

const HOLD = `
  WITH line AS (
    SELECT * FROM unnest($1::text[], $2::bigint[]) AS line (product_id, quantity)
  ), reservation AS (
    INSERT INTO reservations (reference, expires_at) VALUES ($3, now() + make_interval(secs => $4))
    RETURNING reservation_id, status, created_at, expires_at
  ), held AS (
    INSERT INTO reservation_lines (reservation_id, product_id, quantity)
    SELECT reservation_id, product_id, quantity FROM reservation, line
  ), changed AS (
    UPDATE products SET reserved = reserved + line.quantity, last_updated = now()
    FROM line WHERE products.product_id = line.product_id
  ), moved AS (
    INSERT INTO movements (product_id, kind, reserved_delta, reservation_id)
    SELECT product_id, 'hold', quantity, reservation_id FROM reservation, line
  ) SELECT * FROM reservation`;

function inventory(app, pool) {
  const list = {
    querystring: object({ limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 } }, []),
    response: { 200: object({ total: count, data: { type: 'array', items: product } }) },
  };
  app.get('/inventory', { schema: list }, async (request) => {
    const { rows } = await pool.query({ name: 'products', text: PRODUCTS, values: [request.query.limit] });
    return { total: rows[0]?.total ?? 0, data: rows.map(toProduct) };
  });

  const read = { params: object({ productId: text }), response: { 200: product } };
  app.get('/inventory/:productId', { schema: read }, async (request) => {
    const { rows } = await pool.query({ name: 'product', text: PRODUCT, values: [request.params.productId] });
    if (rows.length === 0) {
      throw problem(404, 'There is no such product.');
    }
    return toProduct(rows[0]);
  });

  const reserve = {
    params: object({ productId: text }),
    body: object({ quantity: { ...quantity, default: 1 } }, []),
    response: { 200: product },
  };
  app.post('/inventory/:productId/reserve', { schema: reserve }, async (request, reply) => {
    const { productId } = request.params;
    const key = request.headers['idempotency-key'];
    if (key) {
      return reserveOnce(productId, request.body.quantity, request.url, key, reply);
    }
    const { rows } = await pool.query({ name: 'reserve', text: RESERVE, values: [productId, request.body.quantity] });
    return toProduct(rows[0] ?? (await refuse(productId)));
  });

  async function reserveOnce(productId, units, path, key, reply) {
    const fingerprint = String(units);
    try {
      const values = [productId, units, path, key, fingerprint];
      const { rows } = await pool.query({ name: 'reserve-with-key', text: RESERVE_WITH_KEY, values });
      if (rows.length > 0) {
        return toProduct(rows[0]);
      }
    } catch (error) {
      if (error.code !== UNIQUE_VIOLATION) {
        throw error;
      }
    }
    const { rows } = await pool.query({ name: 'stored', text: STORED, values: [path, key] });
    if (rows.length === 0) {
      await refuse(productId);
    }
    if (rows[0].request !== fingerprint) {
      throw problem(422, 'The Idempotency-Key belongs to another request.');
    }
    reply.header('Idempotent-Replayed', 'true');
    return toProduct(rows[0].response);
  }

  async function refuse(productId) {
    const { rows } = await pool.query({ name: 'product', text: PRODUCT, values: [productId] });
    throw rows.length === 0 ? problem(404, 'There is no such product.') : problem(409, 'There is not enough stock.');
  }

  const hold = {
    body: object(
      {
        lines: { type: 'array', minItems: 1, maxItems: 50, items: object({ productId: text, quantity }) },
        ttlSeconds: { type: 'integer', minimum: 1, maximum: 86400, default: 900 },
        reference: text,
      },
      ['lines'],
    ),
    response: {
      201: object(
        {
          reservationId: text,
          status: text,
          lines: { type: 'array', items: object({ productId: text, quantity: count }) },
          reference: text,
          createdAt: timestamp,
          expiresAt: timestamp,
        },
        ['reservationId', 'status', 'lines', 'createdAt', 'expiresAt'],
      ),
    },
  };
  app.post('/reservations', { schema: hold }, async (request, reply) => {
    const { lines, ttlSeconds, reference } = request.body;
    const quantities = new Map();
    for (const line of lines) {
      quantities.set(line.productId, (quantities.get(line.productId) ?? 0) + line.quantity);
    }
    const row = await transaction((client) => holdAll(client, quantities, reference, ttlSeconds));
    reply.code(201);
    return {
      reservationId: row.reservation_id,
      status: row.status,
      lines: [...quantities].sort().map(([productId, units]) => ({ productId, quantity: units })),
      reference,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    };
  });

  async function holdAll(client, quantities, reference, ttlSeconds) {
    const ids = [...quantities.keys()];
    const locked = await client.query({ name: 'lock', text: LOCK, values: [ids] });
    if (locked.rows.length < ids.length) {
      throw problem(404, 'There is no such product.');
    }
    if (locked.rows.some((row) => row.available < quantities.get(row.product_id))) {
      throw problem(409, 'There is not enough stock.');
    }
    const values = [ids, [...quantities.values()], reference, ttlSeconds];
    const { rows } = await client.query({ name: 'hold', text: HOLD, values });
    return rows[0];
  }

  async function transaction(work) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }
}

// ---- Analytics and accounting

const RECORD_METRIC = `
  INSERT INTO metrics (transaction_type, duration, success) VALUES ($1, $2, $3)
  RETURNING transaction_type, duration, success, recorded_at`;

const RECORD_TRANSACTION = `
  INSERT INTO transactions (item, price, date, customer) VALUES ($1, $2, $3, $4) RETURNING id, item, price, date, customer`;

function ledger(app, pool) {
  const metric = { transactionType: text, durationMs: amount, success: { type: 'boolean' } };
  const metrics = { body: object(metric), response: { 201: object({ ...metric, timestamp }) } };
  app.post('/metrics', { schema: metrics }, async (request, reply) => {
    const { transactionType, durationMs, success } = request.body;
    const values = [transactionType, durationMs, success];
    const { rows } = await pool.query({ name: 'record-metric', text: RECORD_METRIC, values });
    reply.code(201);
    return {
      transactionType: rows[0].transaction_type,
      durationMs: rows[0].duration,
      success: rows[0].success,
      timestamp: rows[0].recorded_at,
    };
  });

  const transaction = { item: text, price: amount, date: { type: 'string', format: 'date' }, customer: text };
  const transactions = {
    body: object(transaction, ['item', 'price', 'date']),
    response: { 201: object({ id: count, ...transaction }, ['id', 'item', 'price', 'date']) },
  };
  app.post('/transactions', { schema: transactions }, async (request, reply) => {
    const { item, price, date, customer } = request.body;
    const values = [item, price, date, customer];
    const { rows } = await pool.query({ name: 'record-transaction', text: RECORD_TRANSACTION, values });
    const { customer: recorded, ...required } = rows[0];
    reply.code(201);
    return recorded === null ? required : rows[0];
  });
}

// ---- Food

const FOOD = 'SELECT id, name, category, price, available FROM food_items ORDER BY id LIMIT 50';

function food(app, pool) {
  const inventoryCheck = inventoryClient(process.env.INVENTORY_SERVICE_URL);
  const item = object({ id: count, name: text, category: text, price: amount, available: { type: 'boolean' } });
  const check = object(
    {
      checked: { type: 'boolean' },
      inventoryItems: { type: 'array', items: object({ productId: text, stockLevel: count, available: count }) },
      message: text,
      timestamp,
    },
    ['checked', 'inventoryItems', 'timestamp'],
  );
  const list = { response: { 200: object({ foodItems: { type: 'array', items: item }, inventoryCheck: check }) } };
  app.get('/food', { schema: list }, async () => {
    const [items, checked] = await Promise.all([pool.query({ name: 'food', text: FOOD }), inventoryCheck()]);
    return { foodItems: items.rows, inventoryCheck: checked };
  });
}

// ---- Start

if (cluster.isPrimary && WORKERS > 1) {
  for (let worker = 0; worker < WORKERS; worker++) {
    cluster.fork();
  }
} else {
  serve();
}
