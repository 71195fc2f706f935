# Resources that all services share: provider, APIs, labels, address ranges, the bucket for jars and the account that builds images.

terraform {
  required_version = ">= 1.11" # supports write-only arguments, which keep passwords and keys out of the state

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 7.45, < 8.0" # supports deletion_policy on disks
    }
    random = {
      source  = "hashicorp/random"
      version = ">= 3.7, < 4.0"
    }
  }
}

provider "google" {
  project = var.project_id
  region  = var.region
  zone    = var.zone
}

locals {
  labels = merge(var.labels, { application = "multicloud-boutique" })

  # The ranges of the three networks. They do not overlap, so the networks can be connected later.
  cidrs = {
    inventory          = "10.1.0.0/24"
    food_egress        = "10.1.1.0/25" # Direct VPC egress: see max_instances
    inventory_psc      = "10.1.2.0/26"
    inventory_database = "10.1.3.0/28"
    crm                = "10.2.0.0/24"
    accounting         = "10.2.1.0/28" # a connector requires a /28 that nothing else uses
    crm_database       = "10.2.3.0/28"
    furniture          = "10.3.0.0/24"
    furniture_database = "10.3.3.0/28"
  }

  # Google's health checks come from these ranges.
  health_check_ranges = ["130.211.0.0/22", "35.191.0.0/16"]

  apis = [
    "artifactregistry.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "iam.googleapis.com",
    "iap.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "sqladmin.googleapis.com",
    "storage.googleapis.com",
    "vpcaccess.googleapis.com",
  ]
}

resource "google_project_service" "required" {
  for_each = toset(local.apis)

  project = var.project_id
  service = each.value
  # Other applications in the project may use the API too.
  disable_on_destroy = false
}

resource "google_storage_bucket" "artifacts" {
  # checkov:skip=CKV_GCP_62:The bucket contains only builds of the repository, and reading it requires an account of this configuration.
  # checkov:skip=CKV_GCP_78:An object's name contains the checksum of its content, so objects never change.
  name                        = "${var.project_id}-boutique-artifacts"
  location                    = upper(var.region)
  labels                      = local.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  # All contents can be rebuilt. build.sh also leaves uploaded sources here, which would block deletion of the bucket.
  force_destroy = true

  depends_on = [google_project_service.required]
}

# Cloud Build runs as an account with minimal permissions: read the sources, push the image, write the log.
resource "google_service_account" "build" {
  account_id   = "image-build"
  display_name = "Builds the images of food and accounting"

  depends_on = [google_project_service.required]
}

resource "google_storage_bucket_iam_member" "build" {
  bucket = google_storage_bucket.artifacts.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.build.member

  condition {
    title      = "sources_only"
    expression = "resource.name.startsWith(\"projects/_/buckets/${google_storage_bucket.artifacts.name}/objects/image-sources/\")"
  }
}

resource "google_project_iam_member" "build_log" {
  project = var.project_id
  role    = "roles/logging.logWriter"
  member  = google_service_account.build.member
}

# Makes terraform destroy fail before it removes anything. Google's deletion protection would stop Terraform only after it had
# destroyed other resources. Terraform destroys this resource first, because it depends on every resource that no other resource
# depends on.
resource "terraform_data" "deletion_protection" {
  input = var.deletion_protection ? "echo Set deletion_protection to false and apply, then destroy. && exit 1" : "exit 0"

  provisioner "local-exec" {
    when    = destroy
    command = self.input
  }

  depends_on = [
    module.crm,
    module.inventory,
    module.furniture,
    module.food,
    module.accounting,
    google_compute_forwarding_rule.inventory_endpoint,
    google_compute_forwarding_rule.database,
    google_compute_forwarding_rule.database_replica,
    google_secret_manager_secret_version.database_url,
    google_secret_manager_secret_version.neighbour_key,
    google_storage_bucket_iam_member.build,
    google_project_iam_member.build_log,
    google_monitoring_alert_policy.uptime,
    google_monitoring_alert_policy.metrics,
  ]
}
