# Effects of the root module's variables.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  project_id       = "my-proj-123456"
  public_access    = true
  allowed_ranges   = ["0.0.0.0/0"]
  security         = { mode = "none" }
  artifacts_dir    = "tests/artifacts"
  food_image       = "sha256:0000000000000000000000000000000000000000000000000000000000000001"
  accounting_image = "sha256:0000000000000000000000000000000000000000000000000000000000000002"
}

run "without_images_or_database" {
  command = plan

  variables {
    food_image       = null
    accounting_image = null
    database         = null
  }

  assert {
    condition     = output.food_service_url == null && output.accounting_service_url == null
    error_message = "Without an image, no service may be created."
  }

  assert {
    condition     = length(google_sql_database_instance.this) == 0 && length(google_compute_forwarding_rule.database) == 0 && length(google_secret_manager_secret.database_url) == 0
    error_message = "With database = null, no database resources may be created."
  }
}

run "required_apis_are_enabled" {
  command = plan

  assert {
    condition     = length(setsubtract(["compute.googleapis.com", "run.googleapis.com", "artifactregistry.googleapis.com", "cloudbuild.googleapis.com", "vpcaccess.googleapis.com", "sqladmin.googleapis.com", "secretmanager.googleapis.com"], keys(google_project_service.required))) == 0
    error_message = "All required APIs must be enabled."
  }

  assert {
    condition     = alltrue([for api in google_project_service.required : api.disable_on_destroy == false])
    error_message = "Destroying this configuration must not disable APIs that the project may use elsewhere."
  }
}

run "the_jars_bucket_is_private" {
  command = plan

  assert {
    condition     = google_storage_bucket.artifacts.public_access_prevention == "enforced" && google_storage_bucket.artifacts.uniform_bucket_level_access && google_storage_bucket.artifacts.location == "US-CENTRAL1"
    error_message = "The bucket must be in the region and must not allow public access."
  }

  assert {
    condition     = google_storage_bucket_iam_member.build.role == "roles/storage.objectViewer" && strcontains(google_storage_bucket_iam_member.build.condition[0].expression, "/objects/image-sources/")
    error_message = "The account that builds images must be able to read only the image sources."
  }
}

run "database_by_default" {
  command = plan

  assert {
    condition = (
      google_sql_database_instance.this[0].database_version == "POSTGRES_17" &&
      google_sql_database_instance.this[0].settings[0].tier == "db-f1-micro" &&
      google_sql_database_instance.this[0].settings[0].edition == "ENTERPRISE" &&
      google_sql_database_instance.this[0].settings[0].availability_type == "ZONAL"
    )
    error_message = "The default database must be zonal and use the smallest tier, with the edition that offers it."
  }

  assert {
    condition     = google_sql_database_instance.this[0].settings[0].backup_configuration[0].enabled && google_sql_database_instance.this[0].settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "The database must have backups and point-in-time recovery."
  }

  assert {
    condition     = google_sql_database_instance.this[0].deletion_protection && google_sql_database_instance.this[0].settings[0].deletion_protection_enabled && strcontains(terraform_data.deletion_protection.input, "exit 1")
    error_message = "The database must be protected against deletion by default."
  }

  assert {
    condition     = keys(google_sql_user.services) == ["accounting", "food"] && keys(google_sql_database.services) == ["accounting", "food"]
    error_message = "Food and accounting must each have a user and a database."
  }

  assert {
    condition     = alltrue([for user in google_sql_user.services : user.password == null && user.password_wo_version == 1]) && alltrue([for version in google_secret_manager_secret_version.database_url : version.secret_data == null && tostring(version.secret_data_wo_version) == "1"])
    error_message = "Passwords must be write-only, so that they never reach the state."
  }

  assert {
    condition     = [for flag in google_sql_database_instance.this[0].settings[0].database_flags : flag.value if flag.name == "max_connections"] == ["170"]
    error_message = "max_connections must be 170 for the default max_instances, so that all connection pools fit."
  }
}

run "database_for_all_services" {
  command = plan

  variables {
    database = { vms = true, tier = "db-custom-2-8192", high_availability = true, password_version = 2 }
  }

  assert {
    condition     = keys(google_sql_user.services) == ["accounting", "crm", "food", "furniture", "inventory"]
    error_message = "Each service must have a database user."
  }

  assert {
    condition     = keys(google_compute_forwarding_rule.database) == ["crm", "furniture", "inventory"] && google_compute_address.database["furniture"].address == "10.3.3.2"
    error_message = "Each network must have an endpoint for the database."
  }

  assert {
    condition     = google_sql_database_instance.this[0].settings[0].tier == "db-custom-2-8192" && google_sql_database_instance.this[0].settings[0].availability_type == "REGIONAL"
    error_message = "The database must use the configured tier and availability."
  }

  assert {
    condition     = alltrue([for user in google_sql_user.services : user.password_wo_version == 2]) && alltrue([for version in google_secret_manager_secret_version.database_url : tostring(version.secret_data_wo_version) == "2"])
    error_message = "A new password_version must change the passwords and the secrets that contain them."
  }
}

run "no_replicas_by_default" {
  command = plan

  assert {
    condition     = length(google_sql_database_instance.replica) + length(google_compute_address.database_replica) + length(google_compute_forwarding_rule.database_replica) == 0 && output.database_replica_endpoints == {}
    error_message = "By default, no replicas may be created: each costs as much as the instance."
  }

  assert {
    condition     = output.database_endpoints == { crm = "10.2.3.2", inventory = "10.1.3.2" } && local.database_hosts == { crm = "10.2.3.2:5432", inventory = "10.1.3.2:5432" }
    error_message = "The services must connect to the endpoint in their network."
  }

  assert {
    condition     = google_sql_database_instance.this[0].settings[0].disk_autoresize && google_sql_database_instance.this[0].settings[0].disk_size == 10
    error_message = "The disk must grow by itself."
  }
}

run "replicas" {
  command = plan

  variables {
    alert_email = "shop@example.com"
    database    = { tier = "db-custom-2-8192", disk_gb = 50, replicas = 2, password_version = 2 }
  }

  assert {
    condition = [for replica in google_sql_database_instance.replica : "${replica.name} of ${replica.master_instance_name}"] == [
      "boutique-replica-1 of boutique", "boutique-replica-2 of boutique",
    ]
    error_message = "Each replica must follow the instance."
  }

  assert {
    condition = alltrue([for replica in google_sql_database_instance.replica :
      replica.settings[0].tier == "db-custom-2-8192" && replica.settings[0].edition == "ENTERPRISE" && replica.settings[0].disk_size == 50 &&
      replica.settings[0].database_flags == google_sql_database_instance.this[0].settings[0].database_flags &&
      replica.database_version == google_sql_database_instance.this[0].database_version
    ])
    error_message = "A replica must be as large as the instance and accept as many connections, so that it can take over."
  }

  assert {
    condition = alltrue([for replica in google_sql_database_instance.replica :
      !replica.settings[0].ip_configuration[0].ipv4_enabled && replica.settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY" &&
      one(replica.settings[0].ip_configuration[0].psc_config).psc_enabled
    ])
    error_message = "A replica must be reachable only through Private Service Connect, and only with encryption."
  }

  assert {
    condition     = output.database_replica_endpoints == { crm-1 = "10.2.3.3", crm-2 = "10.2.3.4", inventory-1 = "10.1.3.3", inventory-2 = "10.1.3.4" }
    error_message = "Each replica must have an endpoint in each network."
  }

  assert {
    condition = alltrue([for endpoint, rule in google_compute_forwarding_rule.database_replica :
      rule.load_balancing_scheme == "" && rule.allow_psc_global_access && rule.target == google_sql_database_instance.replica[0].psc_service_attachment_link &&
      rule.network == google_compute_forwarding_rule.database[split("-", endpoint)[0]].network
    ])
    error_message = "Each endpoint must connect its network to a replica, from all regions."
  }

  assert {
    condition     = local.database_hosts == { crm = "10.2.3.2:5432,10.2.3.3:5432,10.2.3.4:5432", inventory = "10.1.3.2:5432,10.1.3.3:5432,10.1.3.4:5432" }
    error_message = "The services must try the primary first, and find a replica after its promotion."
  }

  assert {
    condition     = alltrue([for user in google_sql_user.services : user.password_wo_version == 2002]) && alltrue([for version in google_secret_manager_secret_version.database_url : tostring(version.secret_data_wo_version) == "2002"])
    error_message = "New replicas must rewrite the URLs, which contain their addresses, together with the passwords."
  }

  assert {
    condition     = contains(keys(google_monitoring_alert_policy.metrics), "DatabaseReplicaLag")
    error_message = "The lag of replicas must be watched."
  }
}

run "the_tier_determines_the_edition" {
  command = plan

  variables {
    database = { tier = "db-perf-optimized-N-4", high_availability = true, replicas = 1 }
  }

  assert {
    condition     = alltrue([for instance in concat(google_sql_database_instance.this, google_sql_database_instance.replica) : instance.settings[0].edition == "ENTERPRISE_PLUS" && instance.settings[0].tier == "db-perf-optimized-N-4"]) && google_sql_database_instance.this[0].settings[0].availability_type == "REGIONAL" && google_sql_database_instance.replica[0].settings[0].availability_type == "ZONAL"
    error_message = "The tiers of Enterprise Plus must select this edition, for the replica too, and only the primary must have a standby."
  }
}

run "security_mode_none_creates_no_secrets" {
  command = plan

  assert {
    condition     = alltrue([for settings in local.security_settings : settings == { BOUTIQUE_SECURITY_MODE = "none" }]) && length(google_secret_manager_secret.neighbour_key) == 0
    error_message = "In mode none, each service must get only the mode, and no keys may be created."
  }
}

run "security_mode_api_key" {
  command = plan

  variables {
    security = {
      mode        = "api-key"
      key_version = 4
      api_keys = {
        crm        = { admin = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }
        furniture  = { checkout = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", till = "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" }
        food       = { checkout = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" }
        accounting = { checkout = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb" }
      }
    }
  }

  assert {
    condition = local.security_settings.furniture == {
      BOUTIQUE_SECURITY_MODE    = "api-key"
      BOUTIQUE_SECURITY_APIKEYS = "checkout=bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,till=cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
    }
    error_message = "A service must get the hashes of its callers' keys."
  }

  assert {
    condition     = local.security_settings.inventory == { BOUTIQUE_SECURITY_MODE = "api-key" }
    error_message = "The inventory's settings must contain no hashes: its only caller is food, and the VM reads food's key from Secret Manager."
  }

  assert {
    condition     = { for caller, secret in google_secret_manager_secret.neighbour_key : caller => secret.secret_id } == { food = "inventory-key-of-food", accounting = "crm-key-of-accounting" }
    error_message = "Food must have a key for the inventory, and accounting a key for the CRM."
  }

  assert {
    condition     = alltrue([for version in google_secret_manager_secret_version.neighbour_key : version.secret_data == null && tostring(version.secret_data_wo_version) == "4"])
    error_message = "Keys must be write-only, so that they never reach the state, and key_version must set their version."
  }

  assert {
    condition     = module.food.secrets == toset(["DATABASE_URL", "INVENTORY_API_KEY"]) && module.accounting.secrets == toset(["DATABASE_URL", "CRM_API_KEY"])
    error_message = "Food and accounting must get the keys for their upstream services."
  }

  assert {
    condition     = module.inventory.secrets == toset(["inventory-key-of-food"]) && module.crm.secrets == toset(["crm-key-of-accounting"]) && module.furniture.secrets == toset([])
    error_message = "A VM must be able to read the keys of its callers and no others."
  }
}

run "security_mode_jwt" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example/realms/shop", audience = "boutique" } }
  }

  assert {
    condition = alltrue([for settings in local.security_settings : settings == {
      BOUTIQUE_SECURITY_MODE         = "jwt"
      BOUTIQUE_SECURITY_JWT_ISSUER   = "https://login.example/realms/shop"
      BOUTIQUE_SECURITY_JWT_AUDIENCE = "boutique"
    }])
    error_message = "Each service must get the issuer and the audience."
  }

  assert {
    condition     = keys(google_secret_manager_secret.neighbour_key) == ["accounting", "food"]
    error_message = "In mode jwt, services must still use API keys to call each other."
  }
}

run "without_public_access_only_invokers_may_call" {
  command = plan

  variables {
    public_access = false
    invokers      = ["serviceAccount:checkout@my-proj-123456.iam.gserviceaccount.com"]
  }

  assert {
    condition     = alltrue([for service in [module.food, module.accounting] : service.invokers == toset(["serviceAccount:checkout@my-proj-123456.iam.gserviceaccount.com"])])
    error_message = "Without public_access, only the invokers may call food and accounting."
  }
}

run "with_public_access_everyone_may_call" {
  command = plan

  assert {
    condition     = alltrue([for service in [module.food, module.accounting] : service.invokers == toset(["allUsers"])])
    error_message = "With public_access, everyone must be able to call food and accounting."
  }
}

run "no_alerts_by_default" {
  command = plan

  assert {
    condition     = length(google_monitoring_uptime_check_config.this) + length(google_monitoring_alert_policy.uptime) + length(google_monitoring_alert_policy.metrics) + length(google_monitoring_notification_channel.email) == 0
    error_message = "By default, neither uptime checks nor alerts may be created."
  }
}

run "uptime_checks" {
  command = plan

  variables {
    alert_email = "shop@example.com"
  }

  assert {
    condition = alltrue([for check in [google_monitoring_uptime_check_config.this["crm"], google_monitoring_uptime_check_config.this["furniture"]] :
      check.http_check[0].path == "/health" && check.http_check[0].port == 8080 && !check.http_check[0].use_ssl && check.monitored_resource[0].labels["host"] == "192.0.2.21"
    ])
    error_message = "Uptime checks must call /health on the publicly reachable VMs."
  }

  assert {
    condition = alltrue([for check in [google_monitoring_uptime_check_config.this["food"], google_monitoring_uptime_check_config.this["accounting"]] :
      check.http_check[0].path == "/health" && check.http_check[0].port == 443 && check.http_check[0].use_ssl && check.http_check[0].validate_ssl && check.monitored_resource[0].labels["host"] == "some-service-abcdefghij-ew.a.run.app"
    ])
    error_message = "Uptime checks must call /health on the Cloud Run services over HTTPS."
  }

  assert {
    condition = (
      keys(google_monitoring_alert_policy.uptime) == ["accounting", "crm", "food", "furniture"] &&
      alltrue([for alert in google_monitoring_alert_policy.uptime : alert.notification_channels == tolist([google_monitoring_notification_channel.email[0].id])]) &&
      google_monitoring_notification_channel.email[0].labels["email_address"] == "shop@example.com"
    )
    error_message = "Each uptime check must alert alert_email."
  }
}

run "uptime_checks_cover_only_public_services" {
  command = plan

  variables {
    allowed_ranges = ["203.0.113.0/24"]
    alert_email    = "shop@example.com"
  }

  assert {
    condition     = keys(google_monitoring_uptime_check_config.this) == ["accounting", "food"]
    error_message = "Uptime checks must cover only public services; others would always be reported as down."
  }
}

run "alerts" {
  command = plan

  variables {
    alert_email = "shop@example.com"
  }

  assert {
    condition = keys(google_monitoring_alert_policy.metrics) == [
      "CloudRunCpu", "CloudRunErrors", "CloudRunLatency", "CloudRunMemory",
      "DatabaseConnections", "DatabaseCpu", "DatabaseDisk",
      "VmCpu", "VmErrors", "VmGone", "VmLatency",
    ]
    error_message = "There must be alerts for errors, latency and saturation, but there are: ${join(", ", keys(google_monitoring_alert_policy.metrics))}"
  }

  assert {
    condition = alltrue([for alert in google_monitoring_alert_policy.metrics :
      alert.notification_channels == tolist([google_monitoring_notification_channel.email[0].id]) &&
      length(alert.documentation[0].content) > 50 &&
      endswith(alert.conditions[0].condition_prometheus_query_language[0].duration, "s") &&
      alert.conditions[0].condition_prometheus_query_language[0].disable_metric_validation &&
      !strcontains(alert.conditions[0].condition_prometheus_query_language[0].query, "$")
    ])
    error_message = "Each alert must notify alert_email, say what to do, and be accepted before its metric exists."
  }

  assert {
    condition = (
      strcontains(google_monitoring_alert_policy.metrics["DatabaseConnections"].conditions[0].condition_prometheus_query_language[0].query, "> 0.9 * 170") &&
      strcontains(google_monitoring_alert_policy.metrics["DatabaseCpu"].conditions[0].condition_prometheus_query_language[0].query, "database_id=\"my-proj-123456:boutique\"")
    )
    error_message = "The alerts must watch this configuration's database."
  }

  assert {
    condition     = google_monitoring_alert_policy.metrics["CloudRunErrors"].conditions[0].condition_prometheus_query_language[0].duration == "300s" && google_monitoring_alert_policy.metrics["CloudRunErrors"].severity == "CRITICAL"
    error_message = "Five minutes of errors must raise a critical alert."
  }
}

run "alerts_cover_only_what_exists" {
  command = plan

  variables {
    alert_email      = "shop@example.com"
    public_access    = false
    allowed_ranges   = []
    food_image       = null
    accounting_image = null
    database         = null
  }

  assert {
    condition     = keys(google_monitoring_alert_policy.metrics) == ["VmCpu", "VmErrors", "VmGone", "VmLatency"] && length(google_monitoring_uptime_check_config.this) == 0
    error_message = "Without Cloud Run services, a database and public VMs, only the VMs' own alerts may exist."
  }
}

run "regions_and_zones" {
  command = plan

  variables {
    region         = "europe-north1"
    zone           = "europe-north1-b"
    furniture_zone = "europe-west4-a"
    food_region    = "europe-west3"
  }

  assert {
    condition = (
      google_vpc_access_connector.accounting.region == "europe-north1" &&
      google_sql_database_instance.this[0].region == "europe-north1" &&
      google_compute_instance_group.inventory.zone == "europe-north1-b" &&
      google_compute_subnetwork.food_egress.region == "europe-west3" &&
      google_storage_bucket.artifacts.location == "EUROPE-NORTH1"
    )
    error_message = "All resources must be in the configured regions and zones."
  }
}

run "everything_is_labelled" {
  command = plan

  variables {
    labels      = { team = "shop" }
    alert_email = "shop@example.com"
    database    = { vms = true }
    security    = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique" } }
  }

  assert {
    condition = alltrue([for labels in flatten([
      google_storage_bucket.artifacts.labels,
      google_sql_database_instance.this[0].settings[0].user_labels,
      google_monitoring_notification_channel.email[0].user_labels,
      [for it in google_secret_manager_secret.database_url : it.labels],
      [for it in google_secret_manager_secret.neighbour_key : it.labels],
      [for it in google_compute_address.database : it.labels],
      [for it in google_compute_forwarding_rule.database : it.labels],
      google_compute_address.inventory_endpoint.labels,
      google_compute_forwarding_rule.inventory_endpoint.labels,
      google_compute_forwarding_rule.inventory.labels,
      [for it in google_monitoring_uptime_check_config.this : it.user_labels],
      [for it in google_monitoring_alert_policy.uptime : it.user_labels],
      [for it in google_monitoring_alert_policy.metrics : it.user_labels],
    ]) : labels.application == "multicloud-boutique" && labels.team == "shop"])
    error_message = "All resources that support labels must have them."
  }
}

run "deletion_protection_can_be_disabled" {
  command = plan

  variables {
    deletion_protection = false
  }

  assert {
    condition     = !google_sql_database_instance.this[0].deletion_protection && !google_sql_database_instance.this[0].settings[0].deletion_protection_enabled && terraform_data.deletion_protection.input == "exit 0"
    error_message = "Without deletion protection, the database must be destroyable."
  }
}
