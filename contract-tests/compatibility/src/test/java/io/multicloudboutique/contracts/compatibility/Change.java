package io.multicloudboutique.contracts.compatibility;

/**
 * What a client notices.
 *
 * @param operation method and path, or "The service"
 * @param where the part of the operation, "response 200" for example; empty for the operation itself
 * @param breaking whether a client that was right before may fail
 */
record Change(String service, String operation, String where, String what, boolean breaking) {}
