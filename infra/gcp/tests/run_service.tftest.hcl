# The module of the two Cloud Run services.

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

run "without_an_image_there_is_only_the_repository" {
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
    error_message = "There is a service without an image."
  }

  assert {
    condition = (
      google_artifact_registry_repository.this.repository_id == "food-service" &&
      google_artifact_registry_repository.this.location == "europe-west1" &&
      google_artifact_registry_repository.this.format == "DOCKER" &&
      google_artifact_registry_repository_iam_member.build.role == "roles/artifactregistry.writer" &&
      google_artifact_registry_repository_iam_member.build.member == var.build_account
    )
    error_message = "The repository that build.sh pushes to is not there."
  }
}

run "the_image_is_the_one_of_the_digest" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].template[0].containers[0].image == "europe-west1-docker.pkg.dev/my-proj-123456/food-service/food@sha256:0000000000000000000000000000000000000000000000000000000000000001"
    error_message = "The image is not named by its digest in the service's repository."
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].name == "food-service" && google_cloud_run_v2_service.this[0].location == "europe-west1" && google_cloud_run_v2_service.this[0].template[0].containers[0].ports[0].container_port == 8080
    error_message = "Name, region and port are the seed's."
  }
}

run "direct_vpc_egress_for_private_ranges" {
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
    error_message = "The service is in the subnet, with private ranges alone."
  }
}

run "connector_for_private_ranges" {
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
    error_message = "The service uses the connector alone, with private ranges alone."
  }
}

run "nobody_may_call_unless_asked_for" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition     = length(google_cloud_run_v2_service_iam_member.invokers) == 0 && google_cloud_run_v2_service.this[0].invoker_iam_disabled != true
    error_message = "Somebody may call."
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
    error_message = "The invokers may call the service, and nobody else."
  }
}

run "everyone_may_call_if_asked_for" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  variables {
    public_access = true
  }

  assert {
    condition     = [for grant in google_cloud_run_v2_service_iam_member.invokers : "${grant.role} ${grant.member}"] == ["roles/run.invoker allUsers"]
    error_message = "Everyone may call, and do nothing else."
  }
}

run "identity_and_secrets" {
  command = plan

  module {
    source = "./modules/run-service"
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].template[0].service_account == google_service_account.this.email && google_service_account.this.account_id == "food-run"
    error_message = "The service has an account of its own."
  }

  assert {
    condition = (
      { for env in google_cloud_run_v2_service.this[0].template[0].containers[0].env : env.name => env.value if length(env.value_source) == 0 } ==
      { BOUTIQUE_SECURITY_MODE = "none", INVENTORY_SERVICE_URL = "http://10.1.0.2:8080" }
    )
    error_message = "The settings are the service's environment."
  }

  assert {
    condition = (
      [for env in google_cloud_run_v2_service.this[0].template[0].containers[0].env : "${env.name} ${env.value_source[0].secret_key_ref[0].secret} ${env.value_source[0].secret_key_ref[0].version}" if length(env.value_source) > 0] ==
      ["DATABASE_URL food-database-url 3"]
    )
    error_message = "A secret comes from Secret Manager, in a version that a change of it replaces."
  }

  assert {
    condition     = [for grant in google_secret_manager_secret_iam_member.reads : "${grant.role} ${grant.secret_id}"] == ["roles/secretmanager.secretAccessor food-database-url"]
    error_message = "The service may read its secrets, and no other."
  }
}

run "start_and_size" {
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
    error_message = "A start is over when the database answers, which may take minutes; a life does not depend on it."
  }

  # Cloud Run refuses what is beyond: the probe's period times its threshold is at most 240 seconds.
  assert {
    condition     = google_cloud_run_v2_service.this[0].template[0].containers[0].startup_probe[0].period_seconds * google_cloud_run_v2_service.this[0].template[0].containers[0].startup_probe[0].failure_threshold <= 240
    error_message = "Cloud Run does not wait longer than 240 seconds."
  }

  assert {
    condition = (
      google_cloud_run_v2_service.this[0].template[0].containers[0].resources[0].startup_cpu_boost &&
      google_cloud_run_v2_service.this[0].template[0].containers[0].resources[0].limits["memory"] == "512Mi" &&
      google_cloud_run_v2_service.this[0].template[0].scaling[0].max_instance_count == 2 &&
      google_cloud_run_v2_service.this[0].template[0].scaling[0].min_instance_count == 0
    )
    error_message = "It starts with more CPU, in 512 MB, and there are no more than max_instances."
  }

  assert {
    condition     = google_cloud_run_v2_service.this[0].deletion_protection
    error_message = "The service is not protected."
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
    error_message = "Something has not the labels."
  }
}
