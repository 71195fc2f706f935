// Browses the products, records a transaction, and reads one that does not exist.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"boutique/accounting"
	"boutique/inventory"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	inventoryConfig := inventory.NewConfiguration()
	inventoryConfig.Servers = inventory.ServerConfigurations{{URL: os.Getenv("BOUTIQUE_INVENTORY_URL")}}
	products := inventory.NewAPIClient(inventoryConfig).InventoryAPI

	accountingConfig := accounting.NewConfiguration()
	accountingConfig.Servers = accounting.ServerConfigurations{{URL: os.Getenv("BOUTIQUE_ACCOUNTING_URL")}}
	transactions := accounting.NewAPIClient(accountingConfig).TransactionsAPI

	list := products.ListProducts(ctx).Limit(2)
	for _, page := range []string{"first page", "second page"} {
		found, _, err := list.Execute()
		if err != nil {
			return err
		}
		var names []string
		for _, product := range found.Data {
			names = append(names, product.Name)
		}
		fmt.Printf("%s: %s\n", page, strings.Join(names, ", "))
		list = list.Cursor(found.GetNextCursor())
	}

	// The same key for every attempt, so that the transaction is recorded once.
	create := transactions.CreateTransaction(ctx).
		IdempotencyKey(rand.Text()).
		TransactionDraft(*accounting.NewTransactionDraft("Grand Piano", 1234567.89, "2026-11-23"))
	for _, attempt := range []string{"recorded", "sent again"} {
		recorded, response, err := create.Execute()
		if err != nil {
			return err
		}
		price := strconv.FormatFloat(recorded.Price, 'f', -1, 64)
		fmt.Printf("%s: %s, %s, replayed: %t\n", attempt, recorded.Item, price, response.Header.Get("Idempotent-Replayed") == "true")
	}

	_, response, err := transactions.GetTransaction(ctx, 999999999).Execute()
	var failure *accounting.GenericOpenAPIError
	if !errors.As(err, &failure) {
		return fmt.Errorf("an unknown transaction was found: %w", err)
	}
	problem := failure.Model().(accounting.Problem)
	fmt.Printf("unknown transaction: %d %s\n", response.StatusCode, problem.Code)
	return nil
}
