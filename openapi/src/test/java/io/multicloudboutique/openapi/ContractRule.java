package io.multicloudboutique.openapi;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** One promise of the contracts: its name, what it demands, and how to find what does not keep it. */
record ContractRule(String id, String demand, Function<Contracts, Stream<Violation>> finder) {

    /** All rules, in the order in which the README lists them. */
    static final List<ContractRule> ALL = Stream.of(
                    ComponentRules.ALL,
                    OperationRules.ALL,
                    PromiseRules.ALL,
                    ProblemRules.ALL,
                    ExampleRules.ALL,
                    SchemaRules.ALL)
            .flatMap(List::stream)
            .toList();

    /** A rule about each operation; the finder gives what to do, nothing if the operation keeps the rule. */
    static ContractRule ofOperations(String id, String demand, Function<ContractOperation, Stream<String>> remedies) {
        return new ContractRule(
                id,
                demand,
                contracts -> contracts
                        .operations()
                        .flatMap(operation ->
                                remedies.apply(operation).map(remedy -> new Violation(operation.toString(), remedy))));
    }

    /** A rule about each schema, wherever it is written. */
    static ContractRule ofSchemas(String id, String demand, Function<Place, Stream<String>> remedies) {
        return ofSchemas(id, demand, (contracts, schema) -> remedies.apply(schema));
    }

    /** A rule about each schema that needs to follow references. */
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

    /** The remedy if the condition holds, else nothing: a rule reads as "remedy when broken". */
    static Stream<String> when(boolean broken, String remedy) {
        return broken ? Stream.of(remedy) : Stream.empty();
    }

    @Override
    public String toString() {
        return id;
    }
}
