# Cloud SQL: one instance, a database and a user for each service, and an endpoint in each network that uses it.

locals {
  # The services that use it, and the network that each of them is in.
  database_users = var.database == null ? {} : merge(
    { food = "inventory", accounting = "crm" },
    var.database.vms ? { inventory = "inventory", crm = "crm", furniture = "furniture" } : {},
  )

  networks = {
    inventory = module.inventory.network_id
    crm       = module.crm.network_id
    furniture = module.furniture.network_id
  }

  # Cloud SQL's endpoint has to be in the region of the instance, so it has a subnet of its own.
  database_networks = toset(values(local.database_users))

  database_urls = { for service, version in google_secret_manager_secret_version.database_url : service => {
    secret_id = google_secret_manager_secret.database_url[service].secret_id
    version   = version.version
  } }
}

resource "google_sql_database_instance" "this" {
  # checkov:skip=CKV_GCP_6:ENCRYPTED_ONLY refuses what is not encrypted; certificates of clients would have to be renewed by hand.
  # checkov:skip=CKV_GCP_79:The version is a variable, since changing it takes the database down.
  count = var.database == null ? 0 : 1

  name                = var.database.name
  region              = var.region
  database_version    = var.database.version
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.database.tier
    edition                     = "ENTERPRISE" # the default since PostgreSQL 16 does not have the small tiers
    availability_type           = var.database.high_availability ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_size                   = var.database.disk_gb
    disk_autoresize             = true
    deletion_protection_enabled = var.deletion_protection
    user_labels                 = local.labels

    ip_configuration {
      ipv4_enabled = false
      ssl_mode     = "ENCRYPTED_ONLY"

      psc_config {
        psc_enabled               = true
        allowed_consumer_projects = [var.project_id]
      }
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "03:00"
      point_in_time_recovery_enabled = true
      transaction_log_retention_days = 7

      backup_retention_settings {
        retained_backups = 7
      }
    }

    dynamic "database_flags" {
      for_each = {
        # Twelve connections for each instance of two services, twice while a new revision replaces the old one, and the VMs.
        max_connections    = tostring(48 * var.max_instances + 40)
        log_connections    = "on"
        log_disconnections = "on"
        log_lock_waits     = "on"
      }

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }

  depends_on = [google_project_service.required]
}

resource "google_sql_database" "services" {
  for_each = local.database_users

  instance = google_sql_database_instance.this[0].name
  name     = each.key
  # The instance takes it along; a connection that is still open would refuse.
  deletion_policy = "ABANDON"
}

ephemeral "random_password" "database" {
  for_each = local.database_users

  length  = 48
  special = false # it goes into a URL
}

resource "google_sql_user" "services" {
  for_each = local.database_users

  instance            = google_sql_database_instance.this[0].name
  name                = each.key
  password_wo         = ephemeral.random_password.database[each.key].result
  password_wo_version = var.database.password_version
  # PostgreSQL drops no user that owns something; the instance takes it along.
  deletion_policy = "ABANDON"
}

resource "google_secret_manager_secret" "database_url" {
  for_each = local.database_users

  secret_id = "${each.key}-database-url"
  labels    = local.labels

  replication {
    auto {}
  }

  depends_on = [google_project_service.required]
}

# Written in the same apply as the user's password, or both are out of step: then another password_version sets both.
resource "google_secret_manager_secret_version" "database_url" {
  for_each = local.database_users

  secret = google_secret_manager_secret.database_url[each.key].id
  # checkov:skip=CKV_SECRET_4:This says where the password goes.
  secret_data_wo = format("postgresql://%s:%s@%s:5432/%s?sslmode=require",
    google_sql_user.services[each.key].name,
    ephemeral.random_password.database[each.key].result,
    google_compute_address.database[each.value].address,
    google_sql_database.services[each.key].name,
  )
  secret_data_wo_version = var.database.password_version

  # No create_before_destroy: it would hold for all that this refers to, and there are no two instances of one name.
  lifecycle {
    replace_triggered_by = [google_sql_user.services[each.key]]
  }
}

resource "google_compute_subnetwork" "database" {
  for_each = local.database_networks

  name                     = "${each.key}-database"
  network                  = local.networks[each.key]
  region                   = var.region
  ip_cidr_range            = local.cidrs["${each.key}_database"]
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

resource "google_compute_address" "database" {
  for_each = local.database_networks

  name         = "${each.key}-database"
  region       = var.region
  address_type = "INTERNAL"
  subnetwork   = google_compute_subnetwork.database[each.key].id
  address      = cidrhost(local.cidrs["${each.key}_database"], 2)
  labels       = local.labels
}

resource "google_compute_forwarding_rule" "database" {
  for_each = local.database_networks

  name                    = "${each.key}-database"
  region                  = var.region
  network                 = local.networks[each.key]
  ip_address              = google_compute_address.database[each.key].id
  target                  = google_sql_database_instance.this[0].psc_service_attachment_link
  load_balancing_scheme   = ""   # an endpoint of Private Service Connect
  allow_psc_global_access = true # food and furniture are in other regions
  labels                  = local.labels

  # Google gives an endpoint no other target, and the provider sees the one of a new instance too late to replace it by itself.
  lifecycle {
    replace_triggered_by = [google_sql_database_instance.this[0].psc_service_attachment_link]
  }
}
