package io.multicloudboutique.openapi;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A rule that every contract must follow.
 *
 * @param id the name of the rule, of its fixture, and of its line in the README
 * @param demand the requirement in words, as the README lists it
 * @param finder finds the violations
 */
record ContractRule(String id, String demand, Function<Contracts, Stream<Violation>> finder) {

    /** All rules, in the order of the README's table. */
    static final List<ContractRule> ALL = Stream.of(
                    ComponentRules.ALL,
                    OperationRules.ALL,
                    PromiseRules.ALL,
                    ProblemRules.ALL,
                    ExampleRules.ALL,
                    SchemaRules.ALL)
            .flatMap(List::stream)
            .toList();

    /**
     * Creates a rule that checks each operation. The function returns the fixes, or an empty stream if the operation
     * conforms.
     */
    static ContractRule ofOperations(String id, String demand, Function<ContractOperation, Stream<String>> remedies) {
        return new ContractRule(
                id,
                demand,
                contracts -> contracts
                        .operations()
                        .flatMap(operation ->
                                remedies.apply(operation).map(remedy -> new Violation(operation.toString(), remedy))));
    }

    /** Creates a rule that checks each schema of a contract or a shared file, including nested schemas. */
    static ContractRule ofSchemas(String id, String demand, Function<Place, Stream<String>> remedies) {
        return ofSchemas(id, demand, (contracts, schema) -> remedies.apply(schema));
    }

    /** Creates a rule that checks each schema and can resolve references. */
    static ContractRule ofSchemas(String id, String demand, BiFunction<Contracts, Place, Stream<String>> remedies) {
        return new ContractRule(
                id,
                demand,
                contracts -> contracts
                        .judgedDocuments()
                        .flatMap(document -> document.schemas().stream())
                        .flatMap(schema -> remedies.apply(contracts, schema)
                                .map(remedy -> new Violation(schema.toString(), remedy))));
    }

    List<Violation> violations(Contracts contracts) {
        return finder.apply(contracts).distinct().toList();
    }

    /** Returns the remedy if the rule is broken, otherwise an empty stream. */
    static Stream<String> when(boolean broken, String remedy) {
        return broken ? Stream.of(remedy) : Stream.empty();
    }

    @Override
    public String toString() {
        return id;
    }
}
