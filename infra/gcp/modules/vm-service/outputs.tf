output "network_id" {
  description = "The service's VPC network."
  value       = google_compute_network.this.id
}

output "subnetwork_id" {
  description = "The VM's subnet."
  value       = google_compute_subnetwork.this.id
}

output "private_ip" {
  description = "Where the service listens on port 8080 inside its network."
  value       = google_compute_address.private.address
}

output "public_ip" {
  description = "Where the service listens on port 8080; null without a public address."
  value       = one(google_compute_address.public[*].address)
}

output "instance_self_link" {
  description = "The VM, for a group."
  value       = google_compute_instance.this.self_link
}

output "http_ranges" {
  description = "All ranges that may reach port 8080."
  value       = google_compute_firewall.http.source_ranges
}

output "subnet_cidr" {
  description = "The range of the VM's subnet."
  value       = google_compute_subnetwork.this.ip_cidr_range
}

output "secrets" {
  description = "The secrets that the VM may read."
  value       = toset([for grant in google_secret_manager_secret_iam_member.reads : grant.secret_id])
}
