output "url" {
  description = "The service's URL; null as long as there is no image."
  value       = one(google_cloud_run_v2_service.this[*].uri)

  # A URL that nobody may call yet is of no use.
  depends_on = [google_cloud_run_v2_service_iam_member.invokers]
}

output "invokers" {
  description = "Who may call it."
  value       = toset([for grant in google_cloud_run_v2_service_iam_member.invokers : grant.member])
}

output "secrets" {
  description = "The settings that are secrets."
  value       = toset(keys(var.secrets))
}
