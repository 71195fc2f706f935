package io.multicloudboutique.contracts.compatibility;

/**
 * A change to a contract that clients can notice.
 *
 * @param operation method and path, or "The service"
 * @param where the changed part of the operation, for example "response 200"; empty for the operation itself
 * @param what the change in words, for example "header `Link` removed"
 * @param breaking whether a client that complies with the released contract may fail
 */
record Change(String service, String operation, String where, String what, boolean breaking) {}
