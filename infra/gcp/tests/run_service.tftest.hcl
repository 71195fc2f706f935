# The module modules/run-service of the two Cloud Run services.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name          = "food"
  project_id    = "my-proj-123456"
  region        = "europe-west1"
  image_digest  = "sha256:0000000000000000000000000000000000000000000000000000000000000001"
  vpc_access    = { subnet = { network = "projects/my-proj-123456/global/networks/inventory-vpc", subnetwork = "projects/my-proj-123456/regions/europe-west1/subnetworks/food-egress" } }
  max_instances = 2
  public_access = false
  invokers      = []
  settings      = { BOUTIQUE_SECURITY_MODE = "none", INVENTORY_SERVICE_URL = "http://10.1.0.2:8080" }
  secrets       = { DATABASE_URL = { secret_id = "food-database-url", version = "3" } }
  build_account = "serviceAccount:image-build@my-proj-123456.iam.gserviceaccount.com"
  labels        = { application = "multicloud-boutique", service = "food" }

  deletion_protection = true
}

run "without_an_image_only_the_repository_is_created" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  variables {
    image_digest  = null
    public_access = true
  }

  assert {
    condition     = length(google_cloud_run_v2_service.this) == 0 && length(google_cloud_run_v2_service_iam_member.invokers) == 0 && output.url == null
    error_message = "Without an image, no service may be created."
  }

  assert {
    condition = (
      google_artifact_registry_repository.this.repository_id == "food-service" &&
      google_artifact_registry_repository.this.location == "europe-west1" &&
      google_artifact_registry_repository.this.format == "DOCKER" &&
      google_artifact_registry_repository_iam_member.build.role == "roles/artifactregistry.writer" &&
      google_artifact_registry_repository_iam_member.build.member == var.build_account
    )
    error_message = "The repository to which build.sh pushes must exist, and the build account must have write access to it."
  }
}

run "image_is_referenced_by_digest" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].template[0].containers[0].image == "europe-west1-docker.pkg.dev/my-proj-123456/food-service/food@sha256:0000000000000000000000000000000000000000000000000000000000000001"
    error_message = "The image must be referenced by its digest in the service's repository."
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].name == "food-service" && google_cloud_run_v2_service.this[0].location == "europe-west1" && google_cloud_run_v2_service.this[0].template[0].containers[0].ports[0].container_port == 8080
    error_message = "The service must be named food-service, run in europe-west1 and listen on port 8080."
  }
}

run "direct_vpc_egress_for_private_ranges_only" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition = (
      google_cloud_run_v2_service.this[0].template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY" &&
      google_cloud_run_v2_service.this[0].template[0].vpc_access[0].connector == null &&
      google_cloud_run_v2_service.this[0].template[0].vpc_access[0].network_interfaces[0].network == "projects/my-proj-123456/global/networks/inventory-vpc" &&
      google_cloud_run_v2_service.this[0].template[0].vpc_access[0].network_interfaces[0].subnetwork == "projects/my-proj-123456/regions/europe-west1/subnetworks/food-egress"
    )
    error_message = "The service must use Direct VPC egress through the subnet, for private ranges only."
  }
}

run "connector_for_private_ranges_only" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  variables {
    vpc_access = { connector = "projects/my-proj-123456/locations/us-central1/connectors/accounting" }
  }

  assert {
    condition = (
      google_cloud_run_v2_service.this[0].template[0].vpc_access[0].egress == "PRIVATE_RANGES_ONLY" &&
      google_cloud_run_v2_service.this[0].template[0].vpc_access[0].connector == "projects/my-proj-123456/locations/us-central1/connectors/accounting" &&
      length(google_cloud_run_v2_service.this[0].template[0].vpc_access[0].network_interfaces) == 0
    )
    error_message = "The service must use only the connector, for private ranges only."
  }
}

run "nobody_may_call_by_default" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.invokers) == 0 && google_cloud_run_v2_service.this[0].invoker_iam_disabled != true
    error_message = "By default, nobody may call the service."
  }
}

run "invokers_may_call" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  variables {
    invokers = ["serviceAccount:checkout@my-proj-123456.iam.gserviceaccount.com"]
  }

  assert {
    condition     = [for grant in google_cloud_run_v2_service_iam_member.invokers : "${grant.role} ${grant.member} ${grant.name} ${grant.location}"] == ["roles/run.invoker serviceAccount:checkout@my-proj-123456.iam.gserviceaccount.com food-service europe-west1"]
    error_message = "Only the invokers may call the service."
  }
}

run "everyone_may_call_with_public_access" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  variables {
    public_access = true
  }

  assert {
    condition     = [for grant in google_cloud_run_v2_service_iam_member.invokers : "${grant.role} ${grant.member}"] == ["roles/run.invoker allUsers"]
    error_message = "Everyone must have the role run.invoker and no other role."
  }
}

run "identity_and_secrets" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].template[0].service_account == google_service_account.this.email && google_service_account.this.account_id == "food-run"
    error_message = "The service must have its own service account."
  }

  assert {
    condition = (
      { for env in google_cloud_run_v2_service.this[0].template[0].containers[0].env : env.name => env.value if length(env.value_source) == 0 } ==
      { BOUTIQUE_SECURITY_MODE = "none", INVENTORY_SERVICE_URL = "http://10.1.0.2:8080" }
    )
    error_message = "The environment must contain exactly the settings."
  }

  assert {
    condition = (
      [for env in google_cloud_run_v2_service.this[0].template[0].containers[0].env : "${env.name} ${env.value_source[0].secret_key_ref[0].secret} ${env.value_source[0].secret_key_ref[0].version}" if length(env.value_source) > 0] ==
      ["DATABASE_URL food-database-url 3"]
    )
    error_message = "Secrets must come from Secret Manager in a fixed version, so that a new version creates a new revision."
  }

  assert {
    condition     = [for grant in google_secret_manager_secret_iam_member.reads : "${grant.role} ${grant.secret_id}"] == ["roles/secretmanager.secretAccessor food-database-url"]
    error_message = "The service must be able to read its own secrets and no others."
  }
}

run "probes_and_resources" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition = (
      google_cloud_run_v2_service.this[0].template[0].containers[0].startup_probe[0].http_get[0].path == "/readyz" &&
      google_cloud_run_v2_service.this[0].template[0].containers[0].startup_probe[0].period_seconds * google_cloud_run_v2_service.this[0].template[0].containers[0].startup_probe[0].failure_threshold >= 120 &&
      google_cloud_run_v2_service.this[0].template[0].containers[0].liveness_probe[0].http_get[0].path == "/livez"
    )
    error_message = "The startup probe must call /readyz and allow at least 120 seconds, because the database may respond late. The liveness probe must not depend on the database."
  }

  # Cloud Run rejects a probe whose period times threshold exceeds 240 seconds.
  assert {
    condition     = google_cloud_run_v2_service.this[0].template[0].containers[0].startup_probe[0].period_seconds * google_cloud_run_v2_service.this[0].template[0].containers[0].startup_probe[0].failure_threshold <= 240
    error_message = "The startup probe must not exceed Cloud Run's limit of 240 seconds."
  }

  assert {
    condition = (
      google_cloud_run_v2_service.this[0].template[0].containers[0].resources[0].startup_cpu_boost &&
      google_cloud_run_v2_service.this[0].template[0].containers[0].resources[0].limits["memory"] == "512Mi" &&
      google_cloud_run_v2_service.this[0].template[0].scaling[0].max_instance_count == 2 &&
      google_cloud_run_v2_service.this[0].template[0].scaling[0].min_instance_count == 0
    )
    error_message = "The service must have CPU boost at startup, 512 MB of memory and 0 to max_instances instances."
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].deletion_protection
    error_message = "The service must be protected against deletion."
  }
}

run "everything_is_labelled" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition = alltrue([for labels in [
      google_artifact_registry_repository.this.labels,
      google_cloud_run_v2_service.this[0].labels,
      google_cloud_run_v2_service.this[0].template[0].labels,
    ] : labels == tomap({ application = "multicloud-boutique", service = "food" })])
    error_message = "All resources that support labels must have them."
  }
}
