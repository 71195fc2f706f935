output "url" {
  description = "The service's URL. Null if image_digest is null."
  value       = one(google_cloud_run_v2_service.this[*].uri)

  # The URL is usable only once the invokers have access.
  depends_on = [google_cloud_run_v2_service_iam_member.invokers]
}

output "invokers" {
  description = "The IAM members that may call the service."
  value       = toset([for grant in google_cloud_run_v2_service_iam_member.invokers : grant.member])
}

output "secrets" {
  description = "The names of the settings whose values are secrets."
  value       = toset(keys(var.secrets))
}
