output "crm_vm_public_ip" {
  description = "CRM from outside: http://<this>:8080/customers, for the allowed ranges."
  value       = module.crm.public_ip
}

output "crm_vm_private_ip" {
  description = "CRM inside crm-vpc."
  value       = module.crm.private_ip
}

output "inventory_vm_private_ip" {
  description = "Inventory inside inventory-vpc."
  value       = module.inventory.private_ip
}

output "inventory_psc_endpoint_ip" {
  description = "Inventory from the consumer network: http://<this>:8080/inventory."
  value       = google_compute_address.inventory_endpoint.address

  # The address answers once the rule is there.
  depends_on = [google_compute_forwarding_rule.inventory_endpoint]
}

output "furniture_vm_public_ip" {
  description = "Furniture from outside: http://<this>:8080/furniture, for the allowed ranges."
  value       = module.furniture.public_ip
}

output "food_service_url" {
  description = "Food: <this>/food. Null until food_image is set."
  value       = module.food.url
}

output "food_vpc_config" {
  description = "How food reaches the inventory."
  value = {
    network    = module.inventory.network_id
    subnetwork = google_compute_subnetwork.food_egress.id
    ip_range   = google_compute_subnetwork.food_egress.ip_cidr_range
    egress     = "PRIVATE_RANGES_ONLY"
  }
}

output "accounting_service_url" {
  description = "Accounting: <this>/transactions. Null until accounting_image is set."
  value       = module.accounting.url
}

output "accounting_vpc_connector" {
  description = "How accounting reaches the CRM."
  value = {
    id       = google_vpc_access_connector.accounting.id
    network  = module.crm.network_id
    ip_range = google_vpc_access_connector.accounting.ip_cidr_range
    egress   = "PRIVATE_RANGES_ONLY"
  }
}
