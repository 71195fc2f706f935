// The operations that this page calls, and how to call them from elsewhere. The services listen on the host of this page. They allow calls
// from it as localhost, 127.0.0.1 and [::1], but a Content-Security-Policy cannot name [::1].
const host = location.hostname === "[::1]" ? "localhost" : location.hostname;
const TIMEOUT_MS = 10000;

/** The started services by name, each with its title, description and port. */
export const services = new Map();

// The services are on the six ports after the start page's, in this order, whether this launcher has started them or not.
const ORDER = ["analytics", "crm", "inventory", "furniture", "food", "accounting"];
let portBase;

/** For each service: how many requests of this page got no answer so far, and whether the latest request is one of them. */
export const unanswered = Object.fromEntries(ORDER.map((service) => [service, { count: 0, latest: false }]));

export async function loadServices() {
  for (const service of await (await fetch("services.json", { cache: "no-store" })).json()) {
    services.set(service.name, service);
    portBase = service.port - 1 - ORDER.indexOf(service.name);
  }
}

export const title = (name) => services.get(name)?.title ?? name;

export const addressOf = (name) => `http://${host}:${portBase + 1 + ORDER.indexOf(name)}`;

const text = (value) => JSON.stringify(value); // also a Java literal
const decimal = (value) => `new BigDecimal("${value}")`;
const uuid = (value) => `UUID.fromString("${value}")`;
const lines = (all) => `List.of(${all.map(({ productId, quantity }) => `ReservationLine.of(${text(productId)}, ${quantity})`).join(", ")})`;
const options = (key) => (key ? `, RequestOptions.none().withIdempotencyKey(${text(key)})` : "");

// For each operation: its service, its tag in the contract, its method and path, and its call in the Java SDK.
const OPERATIONS = {
  listFoodItems: ["food", "Food", "GET", "/food", () => "boutique.food().listFoodItems()"],
  listFurnitureItems: ["furniture", "Furniture", "GET", "/furniture", () => "boutique.furniture().listFurnitureItems()"],
  listCustomers: ["crm", "Customers", "GET", "/customers", () => "boutique.crm().listCustomers()"],
  listProducts: ["inventory", "Inventory", "GET", "/inventory", () => "boutique.inventory().listProducts()"],
  listReservations: ["inventory", "Reservations", "GET", "/reservations",
    () => "boutique.inventory().listReservations(ReservationQuery.all().withStatus(ReservationStatus.ACTIVE))"],
  listMovements: ["inventory", "Inventory", "GET", "/inventory/{productId}/movements",
    ({ path }) => `boutique.inventory().listMovements(${text(path.productId)})`],
  adjustStock: ["inventory", "Inventory", "POST", "/inventory/adjustments",
    ({ body, key }) => `boutique.inventory().adjustStock(StockAdjustment.of(List.of(${body.lines
      .map(({ productId, delta }) => `AdjustmentLine.of(${text(productId)}, ${delta})`).join(", ")}), AdjustmentReason.RECEIVED)${options(key)})`],
  createReservation: ["inventory", "Reservations", "POST", "/reservations",
    ({ body, key }) => `boutique.inventory().createReservation(ReservationDraft.of(${lines(body.lines)})${
      body.ttlSeconds ? `.withTtl(Duration.ofSeconds(${body.ttlSeconds}))` : ""}.withReference(${text(body.reference)})${options(key)})`],
  confirmReservation: ["inventory", "Reservations", "POST", "/reservations/{reservationId}/confirm",
    ({ path, key }) => `boutique.inventory().confirmReservation(${uuid(path.reservationId)}${options(key)})`],
  cancelReservation: ["inventory", "Reservations", "POST", "/reservations/{reservationId}/cancel",
    ({ path, key }) => `boutique.inventory().cancelReservation(${uuid(path.reservationId)}${options(key)})`],
  returnReservation: ["inventory", "Reservations", "POST", "/reservations/{reservationId}/return",
    ({ path, key }) => `boutique.inventory().returnReservation(${uuid(path.reservationId)}${options(key)})`],
  listTransactions: ["accounting", "Transactions", "GET", "/transactions",
    ({ query }) => `boutique.accounting().listTransactions(${query?.reference ? `TransactionQuery.all().withReference(${text(query.reference)})` : ""})`],
  createTransaction: ["accounting", "Transactions", "POST", "/transactions",
    ({ body, key }) => `boutique.accounting().createTransaction(TransactionDraft.of(${text(body.item)}, ${decimal(body.price)}, LocalDate.parse(${
      text(body.date)})).withCustomer(${text(body.customer)}).withReference(${text(body.reference)})${options(key)})`],
  deleteTransaction: ["accounting", "Transactions", "DELETE", "/transactions/{id}",
    ({ path }) => `boutique.accounting().deleteTransaction(${path.id})`],
  refundTransaction: ["accounting", "Transactions", "POST", "/transactions/{id}/refund",
    ({ path, body, key }) => `boutique.accounting().refundTransaction(${path.id}, RefundDraft.of().withReference(${text(body.reference)})${options(key)})`],
  listMetrics: ["analytics", "Metrics", "GET", "/metrics",
    ({ query }) => `boutique.analytics().listMetrics(${query?.transactionType ? `MetricQuery.all().withTransactionType(${text(query.transactionType)})` : ""})`],
  createMetric: ["analytics", "Metrics", "POST", "/metrics",
    ({ body, key }) => `boutique.analytics().createMetric(MetricDraft.of(${text(body.transactionType)}, ${decimal(body.durationMs)}, ${body.success})${options(key)})`],
};

/**
 * Describes a request: `path` and `query` are the parameters, `body` is sent as JSON, and `key` is the Idempotency-Key. Nothing is sent.
 */
export function request(operation, { path = {}, query = {}, body, key } = {}) {
  const [service, tag, method, template, java] = OPERATIONS[operation];
  const parameters = new URLSearchParams(query).toString();
  const url = addressOf(service) + template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(path[name])) + (parameters && `?${parameters}`);
  const headers = { ...(body && { "Content-Type": "application/json" }), ...(key && { "Idempotency-Key": key }) };
  const quoted = (value) => `'${value.replaceAll("'", "'\\''")}'`;
  return {
    operation, service, method, template, url, headers, body,
    swaggerUi: `${addressOf(service)}/swagger-ui/index.html#/${tag}/${operation}`,
    curl: [
      `curl -i${method === "GET" ? "" : ` -X ${method}`} ${/[?&]/.test(url) ? quoted(url) : url}`,
      ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
      ...(body ? [`-d ${quoted(JSON.stringify(body))}`] : []),
    ].join(" \\\n  "),
    java: `${java({ path, query, body, key })};`,
  };
}

/** Sends a request. Returns its answer; its status is 0 if there was none. */
export async function send({ service, method, url, headers, body }) {
  const begin = performance.now();
  const ms = () => performance.now() - begin;
  try {
    const response = await fetch(url, {
      method, headers, body: body && JSON.stringify(body), cache: "no-store", signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await response.text();
    unanswered[service].latest = false;
    return {
      status: response.status,
      reason: response.statusText,
      replayed: response.headers.get("Idempotent-Replayed") === "true",
      retryAfter: Number(response.headers.get("Retry-After") ?? 0),
      requestId: response.headers.get("X-Request-Id"),
      nextCursor: response.headers.get("Next-Cursor"),
      json: answer ? JSON.parse(answer) : null,
      ms: ms(),
    };
  } catch (failure) {
    unanswered[service].count++;
    unanswered[service].latest = true;
    return { status: 0, reason: "no answer", json: null, failure: String(failure.message), ms: ms() };
  }
}

export const call = (operation, parameters) => send(request(operation, parameters));

/** Calls a list page by page, and yields each answer. Ends after the first answer that is no page. */
export async function* pages(operation, { query, ...parameters } = {}) {
  for (let cursor; cursor !== null;) {
    const answer = await call(operation, { ...parameters, query: { ...query, limit: 200, ...(cursor && { cursor }) } });
    yield answer;
    cursor = answer.nextCursor ?? null;
  }
}
