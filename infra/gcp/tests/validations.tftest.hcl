# Each run sets one invalid value, which a validation must reject. Without the validation, the plan would succeed.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  project_id     = "my-proj-123456"
  public_access  = true
  allowed_ranges = ["0.0.0.0/0"]
  security       = { mode = "none" }
  artifacts_dir  = "tests/artifacts"
}

run "project_id_must_not_be_a_name" {
  command = plan

  variables {
    project_id = "My project"
  }

  expect_failures = [var.project_id]
}

run "allowed_ranges_must_have_a_prefix_length" {
  command = plan

  variables {
    allowed_ranges = ["203.0.113.7"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_not_have_host_bits" {
  command = plan

  variables {
    allowed_ranges = ["203.0.113.7/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_be_ipv4" {
  command = plan

  variables {
    allowed_ranges = ["::/0"]
  }

  expect_failures = [var.allowed_ranges]
}

run "security_mode_must_be_known" {
  command = plan

  variables {
    security = { mode = "basic" }
  }

  expect_failures = [var.security]
}

run "mode_jwt_requires_an_issuer" {
  command = plan

  variables {
    security = { mode = "jwt" }
  }

  expect_failures = [var.security]
}

run "issuer_requires_mode_jwt" {
  command = plan

  variables {
    security = { mode = "none", jwt = { issuer = "https://login.example", audience = "boutique" } }
  }

  expect_failures = [var.security]
}

run "issuer_must_be_a_url" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "login.example", audience = "boutique" } }
  }

  expect_failures = [var.security]
}

run "jwks_must_use_https" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique", jwks = "http://login.example" } }
  }

  expect_failures = [var.security]
}

run "audience_must_not_have_quotes" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "a'b" } }
  }

  expect_failures = [var.security]
}

run "api_keys_must_be_for_services_on_google_cloud" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique" }, api_keys = { analytics = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "api_keys_must_be_hashes" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique" }, api_keys = { food = { checkout = "secret" } } }
  }

  expect_failures = [var.security]
}

run "callers_must_not_have_spaces" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique" }, api_keys = { food = { "check out" = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "mode_none_must_not_have_keys" {
  command = plan

  variables {
    security = { mode = "none", api_keys = { food = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "mode_api_key_requires_callers" {
  command = plan

  variables {
    security = { mode = "api-key", api_keys = { food = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }, furniture = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "zone_must_be_in_the_region" {
  command = plan

  variables {
    zone = "europe-west1-b"
  }

  expect_failures = [var.zone]
}

run "zone_must_not_only_share_a_prefix_with_the_region" {
  command = plan

  variables {
    region = "us"
  }

  expect_failures = [var.zone]
}

run "furniture_zone_must_be_a_zone" {
  command = plan

  variables {
    furniture_zone = "europe-west1"
  }

  expect_failures = [var.furniture_zone]
}

run "food_region_must_be_a_region" {
  command = plan

  variables {
    food_region = "europe-west1-b"
  }

  expect_failures = [var.food_region]
}

run "consumer_network_must_be_a_name" {
  command = plan

  variables {
    consumer_network = { network = "projects/other/global/networks/default" }
  }

  expect_failures = [var.consumer_network]
}

run "food_image_must_be_a_digest" {
  command = plan

  variables {
    food_image = "food:latest"
  }

  expect_failures = [var.food_image]
}

run "accounting_image_must_be_a_digest" {
  command = plan

  variables {
    accounting_image = "accounting:latest"
  }

  expect_failures = [var.accounting_image]
}

run "disks_must_have_at_least_10_gb" {
  command = plan

  variables {
    vm = { boot_disk_gb = 5 }
  }

  expect_failures = [var.vm]
}

run "max_instances_must_be_positive" {
  command = plan

  variables {
    max_instances = 0
  }

  expect_failures = [var.max_instances]
}

run "max_instances_must_fit_into_the_subnet" {
  command = plan

  variables {
    max_instances = 21
  }

  expect_failures = [var.max_instances]
}

run "food_requires_a_database" {
  command = plan

  variables {
    food_image = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    database   = null
  }

  expect_failures = [var.database]
}

run "accounting_requires_a_database" {
  command = plan

  variables {
    accounting_image = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    database         = null
  }

  expect_failures = [var.database]
}

run "database_version_must_be_16_or_newer" {
  command = plan

  variables {
    database = { version = "POSTGRES_15" }
  }

  expect_failures = [var.database]
}

run "database_tier_must_be_for_postgresql" {
  command = plan

  variables {
    database = { tier = "db-n1-standard-1" }
  }

  expect_failures = [var.database]
}

run "database_tier_must_be_one_of_enterprise_plus" {
  command = plan

  variables {
    database = { tier = "db-perf-optimized-N-3" }
  }

  expect_failures = [var.database]
}

run "database_disk_must_have_at_least_10_gb" {
  command = plan

  variables {
    database = { disk_gb = 9 }
  }

  expect_failures = [var.database]
}

run "database_disk_must_be_whole" {
  command = plan

  variables {
    database = { disk_gb = 10.5 }
  }

  expect_failures = [var.database]
}

run "replicas_must_not_be_negative" {
  command = plan

  variables {
    database = { tier = "db-custom-2-8192", replicas = -1 }
  }

  expect_failures = [var.database]
}

run "replicas_must_fit_into_the_subnet" {
  command = plan

  variables {
    database = { tier = "db-custom-2-8192", replicas = 11 }
  }

  expect_failures = [var.database]
}

run "replicas_must_be_whole" {
  command = plan

  variables {
    database = { tier = "db-custom-2-8192", replicas = 1.5 }
  }

  expect_failures = [var.database]
}

run "shared_core_must_not_have_a_standby" {
  command = plan

  variables {
    database = { high_availability = true }
  }

  expect_failures = [var.database]
}

run "shared_core_must_not_have_replicas" {
  command = plan

  variables {
    database = { tier = "db-g1-small", replicas = 1 }
  }

  expect_failures = [var.database]
}

run "password_version_must_be_positive" {
  command = plan

  variables {
    database = { password_version = 0 }
  }

  expect_failures = [var.database]
}

run "password_version_must_be_below_1000" {
  command = plan

  variables {
    database = { password_version = 1000 }
  }

  expect_failures = [var.database]
}

run "invokers_must_not_be_everyone" {
  command = plan

  variables {
    public_access = false
    invokers      = ["allUsers"]
  }

  expect_failures = [var.invokers]
}

run "invokers_must_not_be_set_with_public_access" {
  command = plan

  variables {
    invokers = ["user:jane@example.com"]
  }

  expect_failures = [var.invokers]
}

run "alert_email_must_be_an_address" {
  command = plan

  variables {
    alert_email = "jane"
  }

  expect_failures = [var.alert_email]
}

run "labels_must_be_lower_case" {
  command = plan

  variables {
    labels = { Team = "shop" }
  }

  expect_failures = [var.labels]
}
