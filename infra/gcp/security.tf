# Authentication of callers, and the API keys that food and accounting use to call their upstream services.

locals {
  neighbours = var.security.mode == "none" ? {} : { food = "inventory", accounting = "crm" }

  # The security settings of each service.
  security_settings = { for service in ["crm", "inventory", "furniture", "food", "accounting"] : service => {
    for name, value in {
      BOUTIQUE_SECURITY_MODE         = var.security.mode
      BOUTIQUE_SECURITY_APIKEYS      = join(",", [for caller, hash in lookup(var.security.api_keys, service, {}) : "${caller}=${hash}"])
      BOUTIQUE_SECURITY_JWT_ISSUER   = try(var.security.jwt.issuer, null)
      BOUTIQUE_SECURITY_JWT_AUDIENCE = try(var.security.jwt.audience, null)
      BOUTIQUE_SECURITY_JWT_JWKS     = try(var.security.jwt.jwks, null)
    } : name => value if value != null && value != ""
  } }

  neighbour_keys = { for caller, version in google_secret_manager_secret_version.neighbour_key : caller => {
    secret_id = google_secret_manager_secret.neighbour_key[caller].secret_id
    version   = version.version
  } }
}

ephemeral "random_password" "neighbour_key" {
  for_each = local.neighbours

  length  = 64
  special = false
}

resource "google_secret_manager_secret" "neighbour_key" {
  for_each = local.neighbours

  secret_id = "${each.value}-key-of-${each.key}"
  labels    = local.labels

  replication {
    auto {}
  }

  depends_on = [google_project_service.required]
}

resource "google_secret_manager_secret_version" "neighbour_key" {
  for_each = local.neighbours

  secret                 = google_secret_manager_secret.neighbour_key[each.key].id
  secret_data_wo         = ephemeral.random_password.neighbour_key[each.key].result
  secret_data_wo_version = var.security.key_version

  # Delete the old key only after all services are configured with the new key.
  lifecycle {
    create_before_destroy = true
  }
}
