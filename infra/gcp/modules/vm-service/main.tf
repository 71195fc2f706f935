# A service on a VM with its own network.

locals {
  instance = "${var.name}-service"
  jars     = fileset(var.artifacts.dir, "**/boutique-${var.name}-*-exec.jar")
  jar      = length(local.jars) == 1 ? "${var.artifacts.dir}/${one(local.jars)}" : null
  sha256   = local.jar == null ? "" : filesha256(local.jar)

  # The secrets that the VM's identity may read.
  readable = merge(var.secrets, var.caller_secrets)

  # The start-up script has three parts: these parameters, Google Cloud's part (gcp.sh) and the common part (start.sh).
  parameters = {
    service        = var.name
    jar_sha256     = local.sha256
    jar_url        = "https://storage.googleapis.com/${google_storage_bucket_object.jar.bucket}/${google_storage_bucket_object.jar.name}"
    environment    = join("\n", [for name, value in var.settings : "${name}=${value}"])
    own_database   = var.own_database ? "yes" : "no"
    secrets        = join("\n", [for name, s in var.secrets : "${name}=projects/${var.project_id}/secrets/${s.secret_id}/versions/${s.version}"])
    caller_secrets = join("\n", [for name, s in var.caller_secrets : "${name}=projects/${var.project_id}/secrets/${s.secret_id}/versions/${s.version}"])
  }
}

# --- network

resource "google_compute_network" "this" {
  name                    = "${var.name}-vpc"
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "this" {
  name                     = "${var.name}-subnet"
  network                  = google_compute_network.this.id
  region                   = var.region
  ip_cidr_range            = var.subnet_cidr
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

resource "google_compute_router" "this" {
  name    = "${var.name}-router"
  network = google_compute_network.this.id
  region  = var.region
}

resource "google_compute_router_nat" "this" {
  name                               = "${var.name}-nat"
  router                             = google_compute_router.this.name
  region                             = var.region
  nat_ip_allocate_option             = "AUTO_ONLY"
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"

  subnetwork {
    name                    = google_compute_subnetwork.this.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}

resource "google_compute_firewall" "http" {
  name                    = "${var.name}-allow-http"
  network                 = google_compute_network.this.id
  direction               = "INGRESS"
  source_ranges           = concat([var.subnet_cidr], var.ingress_ranges)
  target_service_accounts = [google_service_account.this.email]

  allow {
    protocol = "tcp"
    ports    = ["8080"]
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

# `gcloud compute ssh --tunnel-through-iap` connects from this range. Identity-Aware Proxy admits only users with the required role.
resource "google_compute_firewall" "iap_ssh" {
  name                    = "${var.name}-allow-iap-ssh"
  network                 = google_compute_network.this.id
  direction               = "INGRESS"
  source_ranges           = ["35.235.240.0/20"]
  target_service_accounts = [google_service_account.this.email]

  allow {
    protocol = "tcp"
    ports    = ["22"]
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_compute_address" "private" {
  name         = "${var.name}-private"
  region       = var.region
  address_type = "INTERNAL"
  subnetwork   = google_compute_subnetwork.this.id
  address      = cidrhost(var.subnet_cidr, 2)
  labels       = var.labels
}

resource "google_compute_address" "public" {
  count = var.public ? 1 : 0

  name         = "${var.name}-public"
  region       = var.region
  address_type = "EXTERNAL"
  network_tier = "PREMIUM"
  labels       = var.labels
}

# --- identity and its read access

resource "google_service_account" "this" {
  account_id   = "${var.name}-vm"
  display_name = "VM of the ${var.name} service"
}

# The name contains the checksum, so a new jar is a new object with a new URL, and the VM detects the change.
resource "google_storage_bucket_object" "jar" {
  name         = "${var.name}/${local.sha256}.jar"
  bucket       = var.artifacts.bucket
  source       = local.jar
  content_type = "application/java-archive"

  lifecycle {
    create_before_destroy = true

    precondition {
      condition     = length(local.jars) == 1
      error_message = "Expected exactly one boutique-${var.name}-*-exec.jar below ${var.artifacts.dir}, found ${length(local.jars)}. Run `./mvnw clean package -DskipTests`, or set artifacts_dir to the folder that contains the jar."
    }
  }
}

resource "google_storage_bucket_iam_member" "jar" {
  bucket = var.artifacts.bucket
  role   = "roles/storage.objectViewer"
  member = google_service_account.this.member

  condition {
    title      = "${var.name}_only"
    expression = "resource.name.startsWith(\"projects/_/buckets/${var.artifacts.bucket}/objects/${var.name}/\")"
  }
}

resource "google_secret_manager_secret_iam_member" "reads" {
  for_each = local.readable

  secret_id = each.value.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this.member
}

# Lets the VM publish the metrics of its requests.
resource "google_project_iam_member" "metrics" {
  project = var.project_id
  role    = "roles/monitoring.metricWriter"
  member  = google_service_account.this.member
}

# --- machine and data

resource "google_compute_disk" "data" {
  # checkov:skip=CKV_GCP_37:Google's keys encrypt the disk; a customer-supplied key would have to be sent with each API call.
  count = var.own_database ? 1 : 0

  name                           = "${var.name}-data"
  zone                           = var.zone
  type                           = "pd-balanced"
  size                           = var.vm.data_disk_gb
  labels                         = var.labels
  create_snapshot_before_destroy = true
  deletion_policy                = var.deletion_protection ? "PREVENT" : "DELETE"
}

resource "google_compute_resource_policy" "snapshots" {
  count = var.own_database ? 1 : 0

  name   = "${var.name}-snapshots"
  region = var.region

  snapshot_schedule_policy {
    schedule {
      daily_schedule {
        days_in_cycle = 1
        start_time    = "03:00"
      }
    }
    retention_policy {
      max_retention_days    = 7
      on_source_disk_delete = "KEEP_AUTO_SNAPSHOTS"
    }
    snapshot_properties {
      labels = var.labels
    }
  }
}

resource "google_compute_disk_resource_policy_attachment" "snapshots" {
  count = var.own_database ? 1 : 0

  name = google_compute_resource_policy.snapshots[0].name
  disk = google_compute_disk.data[0].name
  zone = var.zone
}

resource "google_compute_instance" "this" {
  # checkov:skip=CKV_GCP_38:Google's keys encrypt the disks; a customer-supplied key would have to be sent with each API call.
  # checkov:skip=CKV_GCP_40:Crm and furniture are public services; var.public determines whether a VM has a public address.
  name                      = local.instance
  zone                      = var.zone
  machine_type              = var.vm.machine_type
  labels                    = var.labels
  allow_stopping_for_update = true
  deletion_protection       = var.deletion_protection

  boot_disk {
    initialize_params {
      image  = var.vm.image
      size   = var.vm.boot_disk_gb
      type   = "pd-balanced"
      labels = var.labels
    }
  }

  dynamic "attached_disk" {
    for_each = google_compute_disk.data

    content {
      source      = attached_disk.value.id
      device_name = "data"
    }
  }

  network_interface {
    subnetwork = google_compute_subnetwork.this.id
    network_ip = google_compute_address.private.address

    dynamic "access_config" {
      for_each = google_compute_address.public

      content {
        nat_ip       = access_config.value.address
        network_tier = "PREMIUM"
      }
    }
  }

  # A change of this metadata key updates the VM in place; a change of metadata_startup_script would replace it. The VM detects the
  # change and runs the script again (see gcp.sh).
  metadata = {
    startup-script = join("\n", concat(
      ["#!/usr/bin/env bash"],
      [for name, value in local.parameters : "${name}='${replace(value, "'", "'\\''")}'"],
      [file("${path.module}/../../gcp.sh"), file("${path.module}/../../../vm/start.sh")],
    ))
    enable-oslogin         = "TRUE"
    block-project-ssh-keys = "TRUE"
    serial-port-enable     = "FALSE"
  }

  # The scope does not restrict access, so the VM's permissions are exactly those of its service account.
  service_account {
    email  = google_service_account.this.email
    scopes = ["cloud-platform"]
  }

  shielded_instance_config {
    enable_secure_boot          = true
    enable_vtpm                 = true
    enable_integrity_monitoring = true
  }

  # The first boot installs packages, fetches the jar and reads secrets, so network access and permissions must exist before.
  depends_on = [
    google_compute_router_nat.this,
    google_storage_bucket_iam_member.jar,
    google_secret_manager_secret_iam_member.reads,
  ]
}
