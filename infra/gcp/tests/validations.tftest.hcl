# What the variables refuse. Each run would pass without its validation.

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

run "project_id_is_no_name" {
  command = plan

  variables {
    project_id = "My project"
  }

  expect_failures = [var.project_id]
}

run "ranges_are_ranges" {
  command = plan

  variables {
    allowed_ranges = ["203.0.113.7"]
  }

  expect_failures = [var.allowed_ranges]
}

run "ranges_begin_at_their_first_address" {
  command = plan

  variables {
    allowed_ranges = ["203.0.113.7/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "ranges_are_ipv4" {
  command = plan

  variables {
    allowed_ranges = ["::/0"]
  }

  expect_failures = [var.allowed_ranges]
}

run "security_mode_is_known" {
  command = plan

  variables {
    security = { mode = "basic" }
  }

  expect_failures = [var.security]
}

run "jwt_needs_an_issuer" {
  command = plan

  variables {
    security = { mode = "jwt" }
  }

  expect_failures = [var.security]
}

run "jwt_is_for_mode_jwt" {
  command = plan

  variables {
    security = { mode = "none", jwt = { issuer = "https://login.example", audience = "boutique" } }
  }

  expect_failures = [var.security]
}

run "issuer_is_a_url" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "login.example", audience = "boutique" } }
  }

  expect_failures = [var.security]
}

run "key_set_is_a_url" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique", jwks = "http://login.example" } }
  }

  expect_failures = [var.security]
}

run "audience_has_no_quotes" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "a'b" } }
  }

  expect_failures = [var.security]
}

run "keys_are_for_services_of_here" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique" }, api_keys = { analytics = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "keys_are_hashes" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique" }, api_keys = { food = { checkout = "secret" } } }
  }

  expect_failures = [var.security]
}

run "callers_are_words" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique" }, api_keys = { food = { "check out" = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "mode_none_asks_for_no_keys" {
  command = plan

  variables {
    security = { mode = "none", api_keys = { food = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "mode_api_key_needs_callers" {
  command = plan

  variables {
    security = { mode = "api-key", api_keys = { food = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" }, furniture = { checkout = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" } } }
  }

  expect_failures = [var.security]
}

run "zone_is_in_the_region" {
  command = plan

  variables {
    zone = "europe-west1-b"
  }

  expect_failures = [var.zone]
}

run "region_is_no_part_of_a_region" {
  command = plan

  variables {
    region = "us"
  }

  expect_failures = [var.zone]
}

run "furniture_zone_is_a_zone" {
  command = plan

  variables {
    furniture_zone = "europe-west1"
  }

  expect_failures = [var.furniture_zone]
}

run "food_region_is_a_region" {
  command = plan

  variables {
    food_region = "europe-west1-b"
  }

  expect_failures = [var.food_region]
}

run "consumer_network_is_a_name" {
  command = plan

  variables {
    consumer_network = { network = "projects/other/global/networks/default" }
  }

  expect_failures = [var.consumer_network]
}

run "food_image_is_a_digest" {
  command = plan

  variables {
    food_image = "food:latest"
  }

  expect_failures = [var.food_image]
}

run "accounting_image_is_a_digest" {
  command = plan

  variables {
    accounting_image = "accounting:latest"
  }

  expect_failures = [var.accounting_image]
}

run "disks_are_large_enough" {
  command = plan

  variables {
    vm = { boot_disk_gb = 5 }
  }

  expect_failures = [var.vm]
}

run "there_is_an_instance" {
  command = plan

  variables {
    max_instances = 0
  }

  expect_failures = [var.max_instances]
}

run "instances_fit_into_the_subnet" {
  command = plan

  variables {
    max_instances = 21
  }

  expect_failures = [var.max_instances]
}

run "cloud_run_needs_a_database" {
  command = plan

  variables {
    food_image = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    database   = null
  }

  expect_failures = [var.database]
}

run "cloud_run_needs_a_database_for_accounting" {
  command = plan

  variables {
    accounting_image = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    database         = null
  }

  expect_failures = [var.database]
}

run "postgresql_is_16_or_newer" {
  command = plan

  variables {
    database = { version = "POSTGRES_15" }
  }

  expect_failures = [var.database]
}

run "tier_is_of_postgresql" {
  command = plan

  variables {
    database = { tier = "db-n1-standard-1" }
  }

  expect_failures = [var.database]
}

run "invokers_are_not_everyone" {
  command = plan

  variables {
    public_access = false
    invokers      = ["allUsers"]
  }

  expect_failures = [var.invokers]
}

run "invokers_without_public_access" {
  command = plan

  variables {
    invokers = ["user:jane@example.com"]
  }

  expect_failures = [var.invokers]
}

run "alerts_go_to_an_address" {
  command = plan

  variables {
    uptime_checks = { email = "jane" }
  }

  expect_failures = [var.uptime_checks]
}

run "uptime_checks_reach_something" {
  command = plan

  variables {
    public_access  = false
    allowed_ranges = []
    uptime_checks  = { email = "jane@example.com" }
  }

  expect_failures = [var.uptime_checks]
}

run "labels_are_lower_case" {
  command = plan

  variables {
    labels = { Team = "shop" }
  }

  expect_failures = [var.labels]
}
