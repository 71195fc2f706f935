"""Browses the products, records a transaction, and reads one that does not exist."""

import os
from datetime import date
from uuid import uuid4

import accounting
import inventory

products = inventory.InventoryApi(inventory.ApiClient(inventory.Configuration(host=os.environ["BOUTIQUE_INVENTORY_URL"])))
transactions = accounting.TransactionsApi(
    accounting.ApiClient(accounting.Configuration(host=os.environ["BOUTIQUE_ACCOUNTING_URL"]))
)

cursor = None
for page in ["first page", "second page"]:
    found = products.list_products(limit=2, cursor=cursor)
    print(f"{page}: {', '.join(product.name for product in found.data)}")
    cursor = found.next_cursor

# The same key for every attempt, so that the transaction is recorded once.
key = str(uuid4())
draft = accounting.TransactionDraft(item="Grand Piano", price=1234567.89, date=date(2026, 11, 23))
for attempt in ["recorded", "sent again"]:
    response = transactions.create_transaction_with_http_info(draft, idempotency_key=key)
    recorded = response.data
    replayed = response.headers.get("Idempotent-Replayed", "false")
    print(f"{attempt}: {recorded.item}, {recorded.price}, replayed: {replayed}")

try:
    transactions.get_transaction(999999999)
except accounting.exceptions.NotFoundException as e:
    print(f"unknown transaction: {e.status} {e.data.code.value}")
