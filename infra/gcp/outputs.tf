output "crm_vm_public_ip" {
  description = "Public address of the CRM: http://<address>:8080/customers. Only allowed_ranges can reach it."
  value       = module.crm.public_ip
}

output "crm_vm_private_ip" {
  description = "Address of the CRM inside crm-vpc."
  value       = module.crm.private_ip
}

output "inventory_vm_private_ip" {
  description = "Address of the inventory inside inventory-vpc."
  value       = module.inventory.private_ip
}

output "inventory_psc_endpoint_ip" {
  description = "Address of the inventory inside the consumer network: http://<address>:8080/inventory."
  value       = google_compute_address.inventory_endpoint.address

  # The address works only once the forwarding rule exists.
  depends_on = [google_compute_forwarding_rule.inventory_endpoint]
}

output "furniture_vm_public_ip" {
  description = "Public address of furniture: http://<address>:8080/furniture. Only allowed_ranges can reach it."
  value       = module.furniture.public_ip
}

output "food_service_url" {
  description = "Base URL of food. The food items are at <url>/food. Null until food_image is set."
  value       = module.food.url
}

output "food_vpc_config" {
  description = "The network path from food to the inventory."
  value = {
    network    = module.inventory.network_id
    subnetwork = google_compute_subnetwork.food_egress.id
    ip_range   = google_compute_subnetwork.food_egress.ip_cidr_range
    egress     = "PRIVATE_RANGES_ONLY"
  }
}

output "accounting_service_url" {
  description = "Base URL of accounting. The transactions are at <url>/transactions. Null until accounting_image is set."
  value       = module.accounting.url
}

output "accounting_vpc_connector" {
  description = "The network path from accounting to the CRM."
  value = {
    id       = google_vpc_access_connector.accounting.id
    network  = module.crm.network_id
    ip_range = google_vpc_access_connector.accounting.ip_cidr_range
    egress   = "PRIVATE_RANGES_ONLY"
  }
}

output "database_endpoints" {
  description = "Address of the Cloud SQL instance in each network: network => address. Empty without an instance."
  value       = { for network, address in google_compute_address.database : network => address.address }

  # The addresses work only once the forwarding rules exist.
  depends_on = [google_compute_forwarding_rule.database]
}

output "database_replica_endpoints" {
  description = "Addresses of the read replicas, for reports: network-number => address. Empty without replicas."
  value       = { for endpoint, address in google_compute_address.database_replica : endpoint => address.address }

  depends_on = [google_compute_forwarding_rule.database_replica]
}
