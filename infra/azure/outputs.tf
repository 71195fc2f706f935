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
