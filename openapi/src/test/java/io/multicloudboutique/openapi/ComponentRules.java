package io.multicloudboutique.openapi;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Rules about a contract as a whole: its structure, references and health operations. */
final class ComponentRules {

    private static final List<String> HEALTH_PATHS = List.of("/health", "/livez", "/readyz");

    static final ContractRule STRUCTURE = new ContractRule(
            "structure",
            "A contract is valid OpenAPI 3.0.3: the parser reports no errors.",
            contracts -> Stream.concat(
                    contracts
                            .judgedDocuments()
                            .filter(document -> !document.root().text("openapi").equals("3.0.3"))
                            .map(document -> new Violation(document.file(), "set openapi to 3.0.3")),
                    contracts.judged().stream()
                            .flatMap(contract -> contract.messages().stream()
                                    .map(message -> new Violation(
                                            contract.written().file(), "fix the structure: " + message)))));

    static final ContractRule SERVERS = new ContractRule(
            "servers",
            "The only server is ./ (the location of the contract), so the contract works behind a path prefix.",
            contracts -> contracts.judged().stream()
                    .map(contract -> contract.written().root().at("servers"))
                    .filter(servers -> servers.value().size() != 1
                            || !servers.value().path(0).path("url").asString("").equals("./"))
                    .map(servers -> new Violation(servers.toString(), "declare one server with the url ./")));

    static final ContractRule REFERENCES = new ContractRule(
            "references",
            "Every reference points to an existing element in the same file or in a file below shared/.",
            contracts -> contracts
                    .judgedDocuments()
                    .flatMap(document -> document.references().stream())
                    .filter(reference -> !isKept(reference, contracts.target(reference)))
                    .map(reference -> new Violation(
                            reference.toString(),
                            "point $ref to an element that exists here or below shared/, not to "
                                    + reference.text("$ref"))));

    private static boolean isKept(Place reference, Place target) {
        return target.exists()
                && (target.file().equals(reference.file()) || target.file().startsWith("shared/"));
    }

    static final ContractRule USED_COMPONENTS = new ContractRule(
            "used-components",
            "Every component is referenced: a contract's component in that contract, a shared component in any contract.",
            ComponentRules::unusedComponents);

    private static Stream<Violation> unusedComponents(Contracts contracts) {
        Set<String> used = contracts
                .allDocuments()
                .flatMap(document -> document.references().stream())
                .map(reference -> contracts.target(reference).toString())
                .collect(Collectors.toSet());
        // Operations name the security schemes of their contract without a $ref.
        contracts
                .operations()
                .filter(operation -> operation.security() != null)
                .forEach(operation -> operation.security().stream()
                        .flatMap(way -> way.keySet().stream())
                        .map(scheme -> operation.contract().written().file() + "#/components/securitySchemes/" + scheme)
                        .forEach(used::add));
        return contracts
                .judgedDocuments()
                .flatMap(Document::components)
                .filter(component -> !used.contains(component.toString()))
                .map(component -> new Violation(component.toString(), "reference it or remove it"));
    }

    static final ContractRule HEALTH = new ContractRule(
            "health",
            "Every contract references the health operations of shared/problems.yaml.",
            contracts -> contracts.judged().stream()
                    .flatMap(contract -> HEALTH_PATHS.stream()
                            .map(path -> contract.written().root().at("paths").at(path))
                            .filter(path -> !path.text("$ref")
                                    .equals("shared/problems.yaml#/paths/~1"
                                            + path.key().substring(1)))
                            .map(path ->
                                    new Violation(path.toString(), "reference this path of shared/problems.yaml"))));

    static final ContractRule CONTACT = new ContractRule(
            "contact",
            "A contract names a contact with a URL.",
            contracts -> contracts.judged().stream()
                    .map(contract -> contract.written().root().at("info").at("contact"))
                    .filter(contact -> contact.text("name").isBlank()
                            || !contact.text("url").startsWith("https://"))
                    .map(contact -> new Violation(contact.toString(), "declare the name and the url of the contact")));

    static final ContractRule SECURITY_SCHEMES = new ContractRule(
            "security-schemes",
            "A contract has two security schemes: apiKey in the header X-API-Key, and bearer of the type http with the format JWT. "
                    + "Few tools support openIdConnect.",
            contracts -> contracts.judged().stream()
                    .map(contract -> contract.written().root().at("components").at("securitySchemes"))
                    .filter(schemes -> !isApiKey(contracts.follow(schemes.at("apiKey")))
                            || !isBearer(contracts.follow(schemes.at("bearer")))
                            || schemes.value().size() != 2)
                    .map(schemes -> new Violation(
                            schemes.toString(),
                            "reference apiKey and bearer of shared/common.yaml, and nothing else")));

    private static boolean isApiKey(Place scheme) {
        return scheme.text("type").equals("apiKey")
                && scheme.text("in").equals("header")
                && scheme.text("name").equals("X-API-Key");
    }

    private static boolean isBearer(Place scheme) {
        return scheme.text("type").equals("http")
                && scheme.text("scheme").equals("bearer")
                && scheme.text("bearerFormat").equals("JWT");
    }

    static final List<ContractRule> ALL =
            List.of(STRUCTURE, CONTACT, SERVERS, REFERENCES, USED_COMPONENTS, HEALTH, SECURITY_SCHEMES);

    private ComponentRules() {}
}
