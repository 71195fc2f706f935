output "network_id" {
  description = "The service's VPC network."
  value       = google_compute_network.this.id
}

output "subnetwork_id" {
  description = "The VM's subnet."
  value       = google_compute_subnetwork.this.id
}

output "private_ip" {
  description = "The VM's private address. Inside its network, the service listens on port 8080 of this address."
  value       = google_compute_address.private.address
}

output "public_ip" {
  description = "The VM's public address, on which the service listens on port 8080. Null if public is false."
  value       = one(google_compute_address.public[*].address)
}

output "instance_self_link" {
  description = "The VM's self link, for an instance group."
  value       = google_compute_instance.this.self_link
}

output "http_ranges" {
  description = "All source ranges that may reach port 8080."
  value       = google_compute_firewall.http.source_ranges
}

output "subnet_cidr" {
  description = "The range of the VM's subnet."
  value       = google_compute_subnetwork.this.ip_cidr_range
}

output "secrets" {
  description = "The ids of the secrets that the VM may read."
  value       = toset([for grant in google_secret_manager_secret_iam_member.reads : grant.secret_id])
}
