# Cloud SQL: one instance, with a database and a user for each service and an endpoint in each network that uses it. Read replicas
# have endpoints of their own.

locals {
  # The services that use the instance, and the network of each service.
  database_users = var.database == null ? {} : merge(
    { food = "inventory", accounting = "crm" },
    var.database.vms ? { inventory = "inventory", crm = "crm", furniture = "furniture" } : {},
  )

  # 15 connections for each instance of food and accounting, doubled because a new revision runs next to the old revision
  # (2 services * 15 * 2 = 60 per instance), plus 50 for the VMs.
  max_connections = 60 * var.max_instances + 50

  networks = {
    inventory = module.inventory.network_id
    crm       = module.crm.network_id
    furniture = module.furniture.network_id
  }

  # Cloud SQL's endpoint must be in the instance's region, so each network has a separate subnet for it.
  database_networks = toset(values(local.database_users))

  replicas = try(var.database.replicas, 0)

  # Each replica has an endpoint in each of the networks. The primary's has the second address of the range.
  replica_endpoints = { for pair in setproduct(local.database_networks, range(local.replicas)) : "${pair[0]}-${pair[1] + 1}" => {
    network = pair[0]
    replica = pair[1]
    address = cidrhost(local.cidrs["${pair[0]}_database"], 3 + pair[1])
  } }

  # The servers in each network, the primary first. Services use the first one that accepts writes.
  database_hosts = { for network in local.database_networks : network => join(",", concat(
    ["${google_compute_address.database[network].address}:5432"],
    [for replica in range(local.replicas) : "${google_compute_address.database_replica["${network}-${replica + 1}"].address}:5432"],
  )) }

  # The URLs contain the passwords and the servers. Terraform cannot read a write-only password again, so a new replica needs new
  # passwords too.
  password_version = try(var.database.password_version, 0) + 1000 * local.replicas

  # The tier determines the edition: each tier belongs to one of the two.
  database_edition = startswith(try(var.database.tier, ""), "db-perf-optimized-") ? "ENTERPRISE_PLUS" : "ENTERPRISE"

  # A replica needs at least as many connections as its primary.
  database_flags = {
    max_connections    = tostring(local.max_connections)
    log_connections    = "on"
    log_disconnections = "on"
    log_lock_waits     = "on"
  }

  database_urls = { for service, version in google_secret_manager_secret_version.database_url : service => {
    secret_id = google_secret_manager_secret.database_url[service].secret_id
    version   = version.version
  } }
}

resource "google_sql_database_instance" "this" {
  # checkov:skip=CKV_GCP_6:ENCRYPTED_ONLY rejects unencrypted connections; client certificates would have to be renewed manually.
  # checkov:skip=CKV_GCP_79:The version is a variable, because an upgrade interrupts the database.
  count = var.database == null ? 0 : 1

  name                = var.database.name
  region              = var.region
  database_version    = var.database.version
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.database.tier
    edition                     = local.database_edition
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
      for_each = local.database_flags

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }

  depends_on = [google_project_service.required]
}

# For reports, and to be promoted if the primary is lost. Services do not read from it.
resource "google_sql_database_instance" "replica" {
  # checkov:skip=CKV_GCP_6:As above.
  # checkov:skip=CKV_GCP_79:As above.
  # checkov:skip=CKV_GCP_14:Only the primary has backups.
  count = local.replicas

  name                 = "${var.database.name}-replica-${count.index + 1}"
  region               = var.region
  database_version     = var.database.version
  master_instance_name = google_sql_database_instance.this[0].name
  deletion_protection  = var.deletion_protection

  settings {
    tier                        = var.database.tier
    edition                     = local.database_edition
    availability_type           = "ZONAL"
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

    dynamic "database_flags" {
      for_each = local.database_flags

      content {
        name  = database_flags.key
        value = database_flags.value
      }
    }
  }
}

resource "google_sql_database" "services" {
  for_each = local.database_users

  instance = google_sql_database_instance.this[0].name
  name     = each.key
  # Deleting the instance deletes the database. Dropping it first would fail while a connection is open.
  deletion_policy = "ABANDON"
}

ephemeral "random_password" "database" {
  for_each = local.database_users

  length  = 48
  special = false # the password is part of a URL
}

resource "google_sql_user" "services" {
  for_each = local.database_users

  instance            = google_sql_database_instance.this[0].name
  name                = each.key
  password_wo         = ephemeral.random_password.database[each.key].result
  password_wo_version = local.password_version
  # Deleting the instance deletes the user. Dropping it first would fail, because PostgreSQL cannot drop a user that owns objects.
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

# Written in the same apply as the user's password. If an interrupted apply leaves the two out of sync, a new password_version sets
# both again.
resource "google_secret_manager_secret_version" "database_url" {
  for_each = local.database_users

  secret = google_secret_manager_secret.database_url[each.key].id
  # checkov:skip=CKV_SECRET_4:This is a format string; the password is an ephemeral value.
  secret_data_wo = format("postgresql://%s:%s@%s/%s?sslmode=require",
    google_sql_user.services[each.key].name,
    ephemeral.random_password.database[each.key].result,
    local.database_hosts[each.value],
    google_sql_database.services[each.key].name,
  )
  secret_data_wo_version = local.password_version

  # create_before_destroy is not set: it would propagate to all dependencies, and two instances cannot have the same name.
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
  load_balancing_scheme   = ""   # a Private Service Connect endpoint
  allow_psc_global_access = true # food and furniture run in other regions
  labels                  = local.labels

  # An endpoint's target cannot change. The provider learns the target of a new instance only during apply, too late to plan the
  # replacement itself.
  lifecycle {
    replace_triggered_by = [google_sql_database_instance.this[0].psc_service_attachment_link]
  }
}

resource "google_compute_address" "database_replica" {
  for_each = local.replica_endpoints

  name         = "${each.value.network}-database-replica-${each.value.replica + 1}"
  region       = var.region
  address_type = "INTERNAL"
  subnetwork   = google_compute_subnetwork.database[each.value.network].id
  address      = each.value.address
  labels       = local.labels
}

resource "google_compute_forwarding_rule" "database_replica" {
  for_each = local.replica_endpoints

  name                    = "${each.value.network}-database-replica-${each.value.replica + 1}"
  region                  = var.region
  network                 = local.networks[each.value.network]
  ip_address              = google_compute_address.database_replica[each.key].id
  target                  = google_sql_database_instance.replica[each.value.replica].psc_service_attachment_link
  load_balancing_scheme   = "" # a Private Service Connect endpoint
  allow_psc_global_access = true
  labels                  = local.labels

  # As for the primary's endpoints.
  lifecycle {
    replace_triggered_by = [terraform_data.replica_target[each.key]]
  }
}

# replace_triggered_by cannot select a replica by a value of an endpoint.
resource "terraform_data" "replica_target" {
  for_each = local.replica_endpoints

  triggers_replace = google_sql_database_instance.replica[each.value.replica].psc_service_attachment_link
}
