import accounting.apis.TransactionsApi
import accounting.infrastructure.ClientError
import accounting.infrastructure.ClientException
import accounting.infrastructure.Serializer
import accounting.infrastructure.Success
import accounting.models.Problem
import accounting.models.Transaction
import accounting.models.TransactionDraft
import inventory.apis.InventoryApi
import java.time.LocalDate
import java.util.UUID

/** Browses the products, records a transaction, and reads one that does not exist. */
fun main() {
    val products = InventoryApi(System.getenv("BOUTIQUE_INVENTORY_URL"))
    val transactions = TransactionsApi(System.getenv("BOUTIQUE_ACCOUNTING_URL"))

    var cursor: String? = null
    for (page in listOf("first page", "second page")) {
        val found = products.listProducts(limit = 2, cursor = cursor)
        println("$page: ${found.data.joinToString { it.name }}")
        cursor = found.nextCursor
    }

    // The same key for every attempt, so that the transaction is recorded once.
    val key = UUID.randomUUID().toString()
    val draft = TransactionDraft(item = "Grand Piano", price = 1234567.89, date = LocalDate.of(2026, 11, 23))
    for (attempt in listOf("recorded", "sent again")) {
        val response = transactions.createTransactionWithHttpInfo(draft, key) as Success<Transaction?>
        val recorded = response.data!!
        println("$attempt: ${recorded.item}, ${recorded.price}, replayed: ${"idempotent-replayed" in response.headers}")
    }

    try {
        transactions.getTransaction(999999999)
    } catch (e: ClientException) {
        val body = (e.response as ClientError<*>).body as String
        println("unknown transaction: ${e.statusCode} ${Serializer.moshi.adapter(Problem::class.java).fromJson(body)?.code?.value}")
    }
}
