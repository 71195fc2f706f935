# Each run sets one invalid value, which a validation must reject.

mock_provider "azurerm" {
  source = "./tests/mocks"
}

variables {
  subscription_id      = "00000000-0000-0000-0000-000000000001"
  admin_ssh_public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f test"
  allowed_ranges       = ["198.51.100.0/24"]
  security             = { mode = "none" }
  artifacts_dir        = "./tests/artifacts"
}

run "subscription_id_must_be_a_uuid" {
  command = plan

  variables {
    subscription_id = "my subscription"
  }

  expect_failures = [var.subscription_id]
}

run "allowed_ranges_must_not_be_empty" {
  command = plan

  variables {
    allowed_ranges = []
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_not_be_names" {
  command = plan

  variables {
    allowed_ranges = ["Internet"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_not_be_wildcards" {
  command = plan

  variables {
    allowed_ranges = ["*"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_have_a_prefix_length" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.7"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_not_have_host_bits" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.7/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_be_ipv4" {
  command = plan

  variables {
    allowed_ranges = ["2001:db8::/32"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_not_overlap_everyone" {
  command = plan

  variables {
    allowed_ranges = ["0.0.0.0/0", "198.51.100.0/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_must_not_contain_each_other" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.0/24", "203.0.113.0/24", "198.51.100.128/25"]
  }

  expect_failures = [var.allowed_ranges]
}

run "allowed_ranges_with_the_same_start_must_not_contain_each_other" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.0/25", "198.51.100.0/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "security_mode_must_be_known" {
  command = plan

  variables {
    security = { mode = "open" }
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

run "issuer_must_use_https" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "http://login.example", audience = "boutique" } }
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

run "audience_must_not_have_spaces" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "a b" } }
  }

  expect_failures = [var.security]
}

run "api_keys_must_be_hashes" {
  command = plan

  variables {
    security = { mode = "api-key" }
    api_keys = { checkout = "secret" }
  }

  expect_failures = [var.api_keys]
}

run "callers_must_not_have_commas" {
  command = plan

  variables {
    security = { mode = "api-key" }
    api_keys = { "a,b" = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.api_keys]
}

run "mode_api_key_requires_keys" {
  command = plan

  variables {
    security = { mode = "api-key" }
  }

  expect_failures = [var.api_keys]
}

run "mode_none_must_not_have_keys" {
  command = plan

  variables {
    api_keys = { checkout = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.api_keys]
}

run "private_ssh_key_is_rejected" {
  command = plan

  variables {
    admin_ssh_public_key = "-----BEGIN OPENSSH PRIVATE KEY-----"
  }

  expect_failures = [var.admin_ssh_public_key]
}

run "ecdsa_ssh_key_is_rejected" {
  command = plan

  variables {
    admin_ssh_public_key = "ecdsa-sha2-nistp256 AAAA"
  }

  expect_failures = [var.admin_ssh_public_key]
}

run "jar_must_be_built" {
  command = plan

  variables {
    artifacts_dir = "./tests/mocks"
  }

  expect_failures = [var.artifacts_dir]
}

run "resource_group_name_must_not_end_with_a_dot" {
  command = plan

  variables {
    resource_group_name = "boutique."
  }

  expect_failures = [var.resource_group_name]
}

run "location_must_be_in_short_form" {
  command = plan

  variables {
    location = "West Europe"
  }

  expect_failures = [var.location]
}

run "zone_must_be_a_number" {
  command = plan

  variables {
    zone = "a"
  }

  expect_failures = [var.zone]
}

run "vm_size_must_have_azures_form" {
  command = plan

  variables {
    vm_size = "B1s"
  }

  expect_failures = [var.vm_size]
}

run "data_disk_gb_must_not_be_too_small" {
  command = plan

  variables {
    data_disk_gb = 2
  }

  expect_failures = [var.data_disk_gb]
}

run "bastion_sku_must_be_known" {
  command = plan

  variables {
    bastion_sku = "Developer"
  }

  expect_failures = [var.bastion_sku]
}

run "alert_email_must_be_an_address" {
  command = plan

  variables {
    alert_email = "operator"
  }

  expect_failures = [var.alert_email]
}

run "flow_log_days_must_be_positive" {
  command = plan

  variables {
    flow_log_days = 0
  }

  expect_failures = [var.flow_log_days]
}

run "database_sku_must_have_a_tier" {
  command = plan

  variables {
    database = { sku = "Standard_D2ds_v5" }
  }

  expect_failures = [var.database]
}

run "database_version_must_be_16_or_newer" {
  command = plan

  variables {
    database = { version = "15" }
  }

  expect_failures = [var.database]
}

run "database_storage_must_be_a_size_that_azure_offers" {
  command = plan

  variables {
    database = { storage_gb = 100 }
  }

  expect_failures = [var.database]
}

run "cluster_must_have_at_least_one_node" {
  command = plan

  variables {
    database = { sku = "GP_Standard_D2ds_v5", nodes = 0 }
  }

  expect_failures = [var.database]
}

run "cluster_must_have_at_most_20_nodes" {
  command = plan

  variables {
    database = { sku = "GP_Standard_D2ds_v5", nodes = 21 }
  }

  expect_failures = [var.database]
}

run "cluster_must_have_whole_nodes" {
  command = plan

  variables {
    database = { sku = "GP_Standard_D2ds_v5", nodes = 2.5 }
  }

  expect_failures = [var.database]
}

run "cluster_requires_postgresql_17" {
  command = plan

  variables {
    database = { sku = "GP_Standard_D2ds_v5", nodes = 3, version = "18" }
  }

  expect_failures = [var.database]
}

run "cluster_must_not_have_a_replica" {
  command = plan

  variables {
    database = { sku = "GP_Standard_D2ds_v5", nodes = 3, replica = true }
  }

  expect_failures = [var.database]
}

run "burstable_server_must_not_have_a_standby" {
  command = plan

  variables {
    database = { high_availability = true }
  }

  expect_failures = [var.database]
}

run "burstable_server_must_not_have_a_replica" {
  command = plan

  variables {
    database = { replica = true }
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
