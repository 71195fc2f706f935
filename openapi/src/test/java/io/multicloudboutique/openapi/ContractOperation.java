package io.multicloudboutique.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operation of a contract with all references resolved, and the properties that the rules check. */
record ContractOperation(Contract contract, String path, HttpMethod method, Operation operation) {

    String id() {
        return operation.getOperationId() == null ? "" : operation.getOperationId();
    }

    /** The operation as written in the contract, with unresolved references. */
    Place written() {
        return contract.written().root().at("paths").at(path).at(method.name().toLowerCase());
    }

    boolean is(HttpMethod... methods) {
        return Set.of(methods).contains(method);
    }

    boolean isHealth() {
        return Set.of("/health", "/livez", "/readyz").contains(path);
    }

    boolean isList() {
        return is(HttpMethod.GET) && id().startsWith("list");
    }

    boolean isCreate() {
        return is(HttpMethod.POST) && id().startsWith("create");
    }

    /** Whether the operation acts on one item: {@code POST /items/{id}/verb}. */
    boolean isAction() {
        return is(HttpMethod.POST) && !isCreate();
    }

    boolean readsOneItem() {
        return is(HttpMethod.GET) && path.endsWith("}");
    }

    boolean createsReadableItem() {
        return isCreate()
                && contract.operations()
                        .anyMatch(other ->
                                other.readsOneItem() && other.collectionPath().equals(path));
    }

    /** Whether the success response is one item, in the same form as in the response to a GET of that item. */
    boolean answersReadableItem() {
        return readsOneItem()
                || is(HttpMethod.PUT)
                || createsReadableItem()
                || (isAction()
                        && contract.operations()
                                .anyMatch(other ->
                                        other.readsOneItem() && other.path().equals(collectionPath())));
    }

    private String collectionPath() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    boolean hasBody() {
        return operation.getRequestBody() != null;
    }

    List<Parameter> parameters() {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    boolean hasParameter(String name) {
        return parameters().stream().anyMatch(parameter -> name.equals(parameter.getName()));
    }

    /** The accepted security schemes; null if the operation declares none. */
    List<SecurityRequirement> security() {
        return operation.getSecurity();
    }

    boolean isSecured() {
        return security() == null || !security().isEmpty();
    }

    Map<String, ApiResponse> responses() {
        return operation.getResponses();
    }

    /** The statuses of the declared problems. */
    Set<String> problems() {
        return responses().keySet().stream()
                .filter(ContractOperation::isProblem)
                .collect(Collectors.toSet());
    }

    static boolean isProblem(String status) {
        return status.startsWith("4") || status.startsWith("5");
    }

    Stream<ApiResponse> successes() {
        return responses().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(Map.Entry::getValue);
    }

    boolean successesHave(String header) {
        return successes().allMatch(response -> headers(response).containsKey(header));
    }

    static Map<String, Header> headers(ApiResponse response) {
        return response.getHeaders() == null ? Map.of() : response.getHeaders();
    }

    @Override
    public String toString() {
        return contract.written().file() + ", " + method + " " + path + " (" + id() + ")";
    }
}
