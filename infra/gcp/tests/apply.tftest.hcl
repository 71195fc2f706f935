# Applies the whole root module, as in the last step of the guide, and then adds replicas. Checks all outputs.

mock_provider "google" {
  source = "./tests/mocks"
}

variables {
  project_id          = "my-proj-123456"
  public_access       = true
  allowed_ranges      = ["0.0.0.0/0"]
  security            = { mode = "none" }
  artifacts_dir       = "tests/artifacts"
  food_image          = "sha256:0000000000000000000000000000000000000000000000000000000000000001"
  accounting_image    = "sha256:0000000000000000000000000000000000000000000000000000000000000002"
  alert_email         = "shop@example.com"
  deletion_protection = false
}

run "everything_is_applied" {
  command = apply

  assert {
    condition     = output.crm_vm_public_ip == "192.0.2.21"
    error_message = "crm_vm_public_ip must be the VM's public address."
  }

  assert {
    condition     = output.crm_vm_private_ip == "10.2.0.2"
    error_message = "crm_vm_private_ip must be the first available address of its subnet."
  }

  assert {
    condition     = output.inventory_vm_private_ip == "10.1.0.2"
    error_message = "inventory_vm_private_ip must be the first available address of its subnet."
  }

  assert {
    condition     = output.inventory_psc_endpoint_ip == "192.0.2.21"
    error_message = "inventory_psc_endpoint_ip must be the endpoint's address."
  }

  assert {
    condition     = output.furniture_vm_public_ip == "192.0.2.21"
    error_message = "furniture_vm_public_ip must be the VM's public address."
  }

  assert {
    condition     = output.food_service_url == "https://some-service-abcdefghij-ew.a.run.app"
    error_message = "food_service_url must be the Cloud Run service's URL."
  }

  assert {
    condition = output.food_vpc_config == {
      network    = "projects/my-proj-123456/global/networks/some-vpc"
      subnetwork = "projects/my-proj-123456/regions/us-central1/subnetworks/some-subnet"
      ip_range   = "10.1.1.0/25"
      egress     = "PRIVATE_RANGES_ONLY"
    }
    error_message = "food_vpc_config must describe the network path from food to the inventory."
  }

  assert {
    condition     = output.accounting_service_url == "https://some-service-abcdefghij-ew.a.run.app"
    error_message = "accounting_service_url must be the Cloud Run service's URL."
  }

  assert {
    condition = output.accounting_vpc_connector == {
      id       = "projects/my-proj-123456/locations/us-central1/connectors/some-connector"
      network  = "projects/my-proj-123456/global/networks/some-vpc"
      ip_range = "10.2.1.0/28"
      egress   = "PRIVATE_RANGES_ONLY"
    }
    error_message = "accounting_vpc_connector must describe the network path from accounting to the CRM."
  }

  assert {
    condition     = output.database_endpoints == { crm = "10.2.3.2", inventory = "10.1.3.2" } && output.database_replica_endpoints == {}
    error_message = "database_endpoints must have the database's address in each network."
  }
}

run "replicas_are_added" {
  command = apply

  variables {
    database = { tier = "db-custom-1-3840", replicas = 1 }
  }

  assert {
    condition     = output.database_replica_endpoints == { crm-1 = "10.2.3.3", inventory-1 = "10.1.3.3" }
    error_message = "database_replica_endpoints must have the replica's address in each network."
  }
}
