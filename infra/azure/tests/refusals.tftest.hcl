# Each validation refuses what it is for.

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

run "subscription_id" {
  command = plan

  variables {
    subscription_id = "my subscription"
  }

  expect_failures = [var.subscription_id]
}

run "no_range" {
  command = plan

  variables {
    allowed_ranges = []
  }

  expect_failures = [var.allowed_ranges]
}

run "range_by_name" {
  command = plan

  variables {
    allowed_ranges = ["Internet"]
  }

  expect_failures = [var.allowed_ranges]
}

run "range_star" {
  command = plan

  variables {
    allowed_ranges = ["*"]
  }

  expect_failures = [var.allowed_ranges]
}

run "range_without_length" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.7"]
  }

  expect_failures = [var.allowed_ranges]
}

run "range_with_host_bits" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.7/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "range_of_ipv6" {
  command = plan

  variables {
    allowed_ranges = ["2001:db8::/32"]
  }

  expect_failures = [var.allowed_ranges]
}

run "everyone_and_others" {
  command = plan

  variables {
    allowed_ranges = ["0.0.0.0/0", "198.51.100.0/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "range_in_another" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.0/24", "203.0.113.0/24", "198.51.100.128/25"]
  }

  expect_failures = [var.allowed_ranges]
}

run "range_in_another_with_the_same_start" {
  command = plan

  variables {
    allowed_ranges = ["198.51.100.0/25", "198.51.100.0/24"]
  }

  expect_failures = [var.allowed_ranges]
}

run "unknown_mode" {
  command = plan

  variables {
    security = { mode = "open" }
  }

  expect_failures = [var.security]
}

run "jwt_without_issuer" {
  command = plan

  variables {
    security = { mode = "jwt" }
  }

  expect_failures = [var.security]
}

run "issuer_without_jwt" {
  command = plan

  variables {
    security = { mode = "none", jwt = { issuer = "https://login.example", audience = "boutique" } }
  }

  expect_failures = [var.security]
}

run "issuer_without_tls" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "http://login.example", audience = "boutique" } }
  }

  expect_failures = [var.security]
}

run "jwks_without_tls" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "boutique", jwks = "http://login.example" } }
  }

  expect_failures = [var.security]
}

run "audience_with_spaces" {
  command = plan

  variables {
    security = { mode = "jwt", jwt = { issuer = "https://login.example", audience = "a b" } }
  }

  expect_failures = [var.security]
}

run "key_instead_of_hash" {
  command = plan

  variables {
    security = { mode = "api-key" }
    api_keys = { checkout = "secret" }
  }

  expect_failures = [var.api_keys]
}

run "caller_with_comma" {
  command = plan

  variables {
    security = { mode = "api-key" }
    api_keys = { "a,b" = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.api_keys]
}

run "mode_without_keys" {
  command = plan

  variables {
    security = { mode = "api-key" }
  }

  expect_failures = [var.api_keys]
}

run "keys_without_mode" {
  command = plan

  variables {
    api_keys = { checkout = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" }
  }

  expect_failures = [var.api_keys]
}

run "private_key" {
  command = plan

  variables {
    admin_ssh_public_key = "-----BEGIN OPENSSH PRIVATE KEY-----"
  }

  expect_failures = [var.admin_ssh_public_key]
}

run "ecdsa_key" {
  command = plan

  variables {
    admin_ssh_public_key = "ecdsa-sha2-nistp256 AAAA"
  }

  expect_failures = [var.admin_ssh_public_key]
}

run "jar_not_built" {
  command = plan

  variables {
    artifacts_dir = "./tests/mocks"
  }

  expect_failures = [var.artifacts_dir]
}

run "resource_group_name" {
  command = plan

  variables {
    resource_group_name = "boutique."
  }

  expect_failures = [var.resource_group_name]
}

run "location_long_form" {
  command = plan

  variables {
    location = "West Europe"
  }

  expect_failures = [var.location]
}

run "zone" {
  command = plan

  variables {
    zone = "a"
  }

  expect_failures = [var.zone]
}

run "vm_size" {
  command = plan

  variables {
    vm_size = "B1s"
  }

  expect_failures = [var.vm_size]
}

run "data_disk_gb" {
  command = plan

  variables {
    data_disk_gb = 2
  }

  expect_failures = [var.data_disk_gb]
}

run "bastion_sku" {
  command = plan

  variables {
    bastion_sku = "Developer"
  }

  expect_failures = [var.bastion_sku]
}

run "alert_email" {
  command = plan

  variables {
    alert_email = "operator"
  }

  expect_failures = [var.alert_email]
}

run "flow_log_days" {
  command = plan

  variables {
    flow_log_days = 0
  }

  expect_failures = [var.flow_log_days]
}
