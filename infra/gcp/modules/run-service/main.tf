# A service on Cloud Run and the repository for its images.

resource "google_artifact_registry_repository" "this" {
  # checkov:skip=CKV_GCP_84:Google's keys encrypt the repository, like all other resources of this configuration.
  location      = var.region
  repository_id = "${var.name}-service"
  description   = "Images of the ${var.name} service"
  format        = "DOCKER"
  labels        = var.labels
}

resource "google_artifact_registry_repository_iam_member" "build" {
  location   = var.region
  repository = google_artifact_registry_repository.this.name
  role       = "roles/artifactregistry.writer"
  member     = var.build_account
}

resource "google_service_account" "this" {
  account_id   = "${var.name}-run"
  display_name = "Cloud Run service ${var.name}"
}

resource "google_secret_manager_secret_iam_member" "reads" {
  for_each = var.secrets

  secret_id = each.value.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this.member
}

resource "google_cloud_run_v2_service" "this" {
  count = var.image_digest == null ? 0 : 1

  name                = "${var.name}-service"
  location            = var.region
  ingress             = "INGRESS_TRAFFIC_ALL"
  labels              = var.labels
  deletion_protection = var.deletion_protection

  template {
    labels                           = var.labels
    service_account                  = google_service_account.this.email
    execution_environment            = "EXECUTION_ENVIRONMENT_GEN2"
    max_instance_request_concurrency = 80
    timeout                          = "30s"

    scaling {
      min_instance_count = 0
      max_instance_count = var.max_instances
    }

    vpc_access {
      connector = var.vpc_access.connector
      egress    = "PRIVATE_RANGES_ONLY"

      dynamic "network_interfaces" {
        for_each = var.vpc_access.subnet[*]

        content {
          network    = network_interfaces.value.network
          subnetwork = network_interfaces.value.subnetwork
        }
      }
    }

    containers {
      image = "${var.region}-docker.pkg.dev/${var.project_id}/${google_artifact_registry_repository.this.repository_id}/${var.name}@${var.image_digest}"

      ports {
        container_port = 8080
      }

      resources {
        limits = {
          cpu    = "1"
          memory = "512Mi"
        }
        cpu_idle          = true
        startup_cpu_boost = true
      }

      dynamic "env" {
        for_each = var.settings

        content {
          name  = env.key
          value = env.value
        }
      }

      dynamic "env" {
        for_each = var.secrets

        content {
          name = env.key

          value_source {
            secret_key_ref {
              secret  = env.value.secret_id
              version = env.value.version
            }
          }
        }
      }

      # The service is ready once its database responds, so this probe also tests the path to the database. The first response may
      # take a minute.
      startup_probe {
        period_seconds    = 5
        timeout_seconds   = 3
        failure_threshold = 40

        http_get {
          path = "/readyz"
          port = 8080
        }
      }

      liveness_probe {
        period_seconds    = 30
        timeout_seconds   = 5
        failure_threshold = 3

        http_get {
          path = "/livez"
          port = 8080
        }
      }
    }
  }

  traffic {
    type    = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST"
    percent = 100
  }

  depends_on = [google_secret_manager_secret_iam_member.reads]
}

resource "google_cloud_run_v2_service_iam_member" "invokers" {
  for_each = var.image_digest == null ? [] : toset(var.public_access ? ["allUsers"] : var.invokers)

  location = var.region
  name     = google_cloud_run_v2_service.this[0].name
  role     = "roles/run.invoker"
  member   = each.value
}
