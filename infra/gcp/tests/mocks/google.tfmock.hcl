# Computed values in the formats that the google provider requires when other resources use them.

mock_resource "google_compute_network" {
  defaults = {
    id        = "projects/my-proj-123456/global/networks/some-vpc"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/global/networks/some-vpc"
  }
}

mock_resource "google_compute_subnetwork" {
  defaults = {
    id        = "projects/my-proj-123456/regions/us-central1/subnetworks/some-subnet"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/regions/us-central1/subnetworks/some-subnet"
  }
}

mock_resource "google_compute_router" {
  defaults = {
    id        = "projects/my-proj-123456/regions/us-central1/routers/some-router"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/regions/us-central1/routers/some-router"
  }
}

mock_resource "google_compute_address" {
  defaults = {
    id        = "projects/my-proj-123456/regions/us-central1/addresses/some-address"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/regions/us-central1/addresses/some-address"
    address   = "192.0.2.21"
  }
}

mock_resource "google_compute_disk" {
  defaults = {
    id        = "projects/my-proj-123456/zones/us-central1-a/disks/some-disk"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/zones/us-central1-a/disks/some-disk"
  }
}

mock_resource "google_compute_instance" {
  defaults = {
    id        = "projects/my-proj-123456/zones/us-central1-a/instances/some-vm"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/zones/us-central1-a/instances/some-vm"
  }
}

mock_resource "google_compute_instance_group" {
  defaults = {
    id        = "projects/my-proj-123456/zones/us-central1-a/instanceGroups/some-group"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/zones/us-central1-a/instanceGroups/some-group"
  }
}

mock_resource "google_compute_region_health_check" {
  defaults = {
    id        = "projects/my-proj-123456/regions/us-central1/healthChecks/some-check"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/regions/us-central1/healthChecks/some-check"
  }
}

mock_resource "google_compute_region_backend_service" {
  defaults = {
    id        = "projects/my-proj-123456/regions/us-central1/backendServices/some-backend"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/regions/us-central1/backendServices/some-backend"
  }
}

mock_resource "google_compute_forwarding_rule" {
  defaults = {
    id        = "projects/my-proj-123456/regions/us-central1/forwardingRules/some-rule"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/regions/us-central1/forwardingRules/some-rule"
  }
}

mock_resource "google_compute_service_attachment" {
  defaults = {
    id        = "projects/my-proj-123456/regions/us-central1/serviceAttachments/some-attachment"
    self_link = "https://www.googleapis.com/compute/v1/projects/my-proj-123456/regions/us-central1/serviceAttachments/some-attachment"
  }
}

mock_resource "google_vpc_access_connector" {
  defaults = {
    id = "projects/my-proj-123456/locations/us-central1/connectors/some-connector"
  }
}

mock_resource "google_service_account" {
  defaults = {
    id     = "projects/my-proj-123456/serviceAccounts/some-account@my-proj-123456.iam.gserviceaccount.com"
    name   = "projects/my-proj-123456/serviceAccounts/some-account@my-proj-123456.iam.gserviceaccount.com"
    email  = "some-account@my-proj-123456.iam.gserviceaccount.com"
    member = "serviceAccount:some-account@my-proj-123456.iam.gserviceaccount.com"
  }
}

mock_resource "google_secret_manager_secret" {
  defaults = {
    id   = "projects/my-proj-123456/secrets/some-secret"
    name = "projects/my-proj-123456/secrets/some-secret"
  }
}

mock_resource "google_secret_manager_secret_version" {
  defaults = {
    id      = "projects/my-proj-123456/secrets/some-secret/versions/7"
    name    = "projects/my-proj-123456/secrets/some-secret/versions/7"
    version = "7"
  }
}

mock_resource "google_artifact_registry_repository" {
  defaults = {
    id   = "projects/my-proj-123456/locations/europe-west1/repositories/some-repository"
    name = "some-repository"
  }
}

mock_resource "google_cloud_run_v2_service" {
  defaults = {
    id  = "projects/my-proj-123456/locations/europe-west1/services/some-service"
    uri = "https://some-service-abcdefghij-ew.a.run.app"
  }
}

mock_resource "google_sql_database_instance" {
  defaults = {
    id                          = "boutique"
    self_link                   = "https://sqladmin.googleapis.com/sql/v1beta4/projects/my-proj-123456/instances/boutique"
    psc_service_attachment_link = "projects/some-tenant/regions/us-central1/serviceAttachments/some-psc-attachment"
  }
}

mock_resource "google_monitoring_uptime_check_config" {
  defaults = {
    id              = "projects/my-proj-123456/uptimeCheckConfigs/some-check"
    uptime_check_id = "some-check"
  }
}

mock_resource "google_monitoring_notification_channel" {
  defaults = {
    id   = "projects/my-proj-123456/notificationChannels/1234"
    name = "projects/my-proj-123456/notificationChannels/1234"
  }
}
