output "public_ip" {
  description = "The VM's public address."
  value       = azurerm_public_ip.analytics.ip_address

  # The output is available only once the security rules are attached.
  depends_on = [azurerm_subnet_network_security_group_association.analytics, azurerm_linux_virtual_machine.analytics]
}

output "application_url" {
  description = "URL of the metrics. The service responds a few minutes after the first apply."
  value       = "http://${azurerm_public_ip.analytics.ip_address}:8080/metrics"

  depends_on = [azurerm_subnet_network_security_group_association.analytics, azurerm_storage_blob.jar]
}

output "database_host" {
  description = "Host name of the managed database; of an elastic cluster, its coordinator. Only the VM reaches it, on port 5432. Null if PostgreSQL runs on the VM."
  value       = one(azurerm_postgresql_flexible_server.this[*].fqdn)

  # The name has a private address only once the endpoint exists.
  depends_on = [azurerm_private_endpoint.database]
}

output "database_replica_host" {
  description = "Host name of the read replica, for reports. Null without a replica."
  value       = one(azurerm_postgresql_flexible_server.replica[*].fqdn)

  depends_on = [azurerm_private_endpoint.database]
}
