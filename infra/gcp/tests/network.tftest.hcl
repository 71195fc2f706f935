# Network paths between the services and from outside, including rules of the topology that security scanners do not check.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  project_id       = "my-proj-123456"
  public_access    = true
  allowed_ranges   = ["203.0.113.0/24"]
  security         = { mode = "none" }
  artifacts_dir    = "tests/artifacts"
  food_image       = "sha256:0000000000000000000000000000000000000000000000000000000000000001"
  accounting_image = "sha256:0000000000000000000000000000000000000000000000000000000000000002"
}

run "port_8080_is_open_to_the_expected_ranges_only" {
  command = plan

  assert {
    condition     = module.crm.http_ranges == toset(["10.2.0.0/24", "10.2.1.0/28", "203.0.113.0/24"])
    error_message = "The CRM must be reachable from its subnet, accounting's connector and the allowed ranges only."
  }

  assert {
    condition     = module.inventory.http_ranges == toset(["10.1.0.0/24", "10.1.1.0/25", "10.1.2.0/26", "130.211.0.0/22", "35.191.0.0/16"])
    error_message = "The inventory must be reachable only from its subnet, from food, through Private Service Connect and by health checks, never from outside."
  }

  assert {
    condition     = module.furniture.http_ranges == toset(["10.3.0.0/24", "203.0.113.0/24"])
    error_message = "Furniture must be reachable from its subnet and the allowed ranges only."
  }
}

run "without_allowed_ranges_nothing_is_reachable_from_outside" {
  command = plan

  variables {
    allowed_ranges = []
  }

  assert {
    condition     = module.crm.http_ranges == toset(["10.2.0.0/24", "10.2.1.0/28"]) && module.furniture.http_ranges == toset(["10.3.0.0/24"])
    error_message = "Without allowed ranges, crm and furniture must be reachable only from their own networks."
  }
}

run "only_crm_and_furniture_have_public_addresses" {
  command = plan

  assert {
    condition     = module.inventory.public_ip == null
    error_message = "The inventory's VM must not have a public address."
  }

  assert {
    condition     = module.crm.public_ip == "192.0.2.21" && module.furniture.public_ip == "192.0.2.21"
    error_message = "The VMs of crm and furniture must have public addresses."
  }
}

run "private_service_connect" {
  command = plan

  variables {
    consumer_network = { network = "online-boutique-vpc", subnetwork = "shop" }
  }

  override_resource {
    target          = google_compute_subnetwork.inventory_psc
    override_during = plan
    values          = { id = "projects/my-proj-123456/regions/us-central1/subnetworks/inventory-psc" }
  }

  assert {
    condition     = google_compute_subnetwork.inventory_psc.purpose == "PRIVATE_SERVICE_CONNECT" && google_compute_subnetwork.inventory_psc.ip_cidr_range == "10.1.2.0/26"
    error_message = "Private Service Connect must have a separate subnet with the purpose PRIVATE_SERVICE_CONNECT."
  }

  assert {
    condition     = google_compute_service_attachment.inventory.connection_preference == "ACCEPT_MANUAL" && google_compute_service_attachment.inventory.reconcile_connections
    error_message = "Only consumers on the accept list may connect, and removing a consumer from the list must close its connection."
  }

  assert {
    condition = [for accepted in google_compute_service_attachment.inventory.consumer_accept_lists : accepted.network_url] == [
      "https://www.googleapis.com/compute/v1/projects/my-proj-123456/global/networks/online-boutique-vpc"
    ] && [for accepted in google_compute_service_attachment.inventory.consumer_accept_lists : accepted.connection_limit] == [1]
    error_message = "The accept list must contain only the consumer network, with one connection."
  }

  assert {
    condition     = toset(google_compute_service_attachment.inventory.nat_subnets) == toset(["projects/my-proj-123456/regions/us-central1/subnetworks/inventory-psc"])
    error_message = "The attachment must use addresses of the Private Service Connect subnet."
  }

  assert {
    condition     = [for backend in google_compute_region_backend_service.inventory.backend : backend.balancing_mode] == ["CONNECTION"]
    error_message = "An internal passthrough load balancer supports only the balancing mode CONNECTION."
  }

  assert {
    condition = (
      google_compute_region_backend_service.inventory.load_balancing_scheme == "INTERNAL" &&
      google_compute_region_backend_service.inventory.protocol == "TCP" &&
      google_compute_forwarding_rule.inventory.load_balancing_scheme == "INTERNAL" &&
      google_compute_forwarding_rule.inventory.ports == toset(["8080"]) &&
      google_compute_forwarding_rule.inventory.allow_global_access
    )
    error_message = "The load balancer must be internal, serve port 8080 and be reachable from other regions."
  }

  assert {
    condition = (
      google_compute_forwarding_rule.inventory_endpoint.load_balancing_scheme == "" &&
      google_compute_forwarding_rule.inventory_endpoint.allow_psc_global_access &&
      google_compute_forwarding_rule.inventory_endpoint.target == google_compute_service_attachment.inventory.id &&
      google_compute_forwarding_rule.inventory_endpoint.ip_address == google_compute_address.inventory_endpoint.id &&
      endswith(google_compute_forwarding_rule.inventory_endpoint.network, "/online-boutique-vpc") &&
      endswith(google_compute_address.inventory_endpoint.subnetwork, "/regions/us-central1/subnetworks/shop") &&
      google_compute_address.inventory_endpoint.address_type == "INTERNAL"
    )
    error_message = "The endpoint must be an internal address of the consumer network that connects to the attachment and is reachable from all regions."
  }

  assert {
    condition     = google_compute_region_health_check.inventory.http_health_check[0].request_path == "/readyz" && google_compute_region_health_check.inventory.http_health_check[0].port == 8080
    error_message = "The load balancer's health check must call /readyz on port 8080."
  }
}

run "egress_subnet_and_connector" {
  command = plan

  assert {
    condition     = tonumber(split("/", google_compute_subnetwork.food_egress.ip_cidr_range)[1]) <= 26 && google_compute_subnetwork.food_egress.region == "europe-west1"
    error_message = "Direct VPC egress requires a subnet of /26 or larger in food's region."
  }

  assert {
    condition     = endswith(google_vpc_access_connector.accounting.ip_cidr_range, "/28")
    error_message = "A connector requires a /28."
  }

  assert {
    condition     = google_vpc_access_connector.accounting.ip_cidr_range == "10.2.1.0/28" && google_vpc_access_connector.accounting.region == "us-central1"
    error_message = "The connector must use the range 10.2.1.0/28 in us-central1."
  }

  # "accounting-connector" would count as 21 characters. Google rejects it, but the provider does not.
  assert {
    condition     = length(replace(google_vpc_access_connector.accounting.name, "-", "--")) < 21
    error_message = "The connector's name must have at most 20 characters, with each hyphen counted twice."
  }

  assert {
    condition     = google_vpc_access_connector.accounting.min_instances == 2 && google_vpc_access_connector.accounting.max_instances == 3
    error_message = "The connector must use the smallest number of machines: 2 to 3."
  }
}

run "foods_subnet_has_room_for_two_revisions" {
  command = plan

  variables {
    max_instances = 20
  }

  # Each instance uses two addresses, allocated in blocks of 16, for both the new and the previous revision. Google reserves four.
  assert {
    condition     = pow(2, 32 - tonumber(split("/", google_compute_subnetwork.food_egress.ip_cidr_range)[1])) - 4 >= 2 * 16 * ceil(2 * var.max_instances / 16)
    error_message = "Food's subnet must have addresses for a new revision and the previous one, each with max_instances instances."
  }
}

run "ranges_do_not_overlap" {
  command = plan

  # Two ranges overlap if their network addresses are equal under the shorter of the two masks.
  assert {
    condition = alltrue(flatten([for a, range in local.cidrs : [for b, other in local.cidrs :
      a == b || cidrhost("${split("/", range)[0]}/${min(split("/", range)[1], split("/", other)[1])}", 0) != cidrhost("${split("/", other)[0]}/${min(split("/", range)[1], split("/", other)[1])}", 0)
    ]]))
    error_message = "Address ranges must not overlap."
  }

  assert {
    condition = toset(values(local.cidrs)) == toset(concat(
      [module.crm.subnet_cidr, module.inventory.subnet_cidr, module.furniture.subnet_cidr],
      [google_compute_subnetwork.food_egress.ip_cidr_range, google_compute_subnetwork.inventory_psc.ip_cidr_range, google_vpc_access_connector.accounting.ip_cidr_range],
      [for subnet in google_compute_subnetwork.database : subnet.ip_cidr_range],
      [local.cidrs.furniture_database], # exists only with database.vms
    ))
    error_message = "Every range in use must be in local.cidrs, because the overlap check covers only that list."
  }
}

run "food_and_accounting_reach_the_database_privately" {
  command = plan

  assert {
    condition = (
      !google_sql_database_instance.this[0].settings[0].ip_configuration[0].ipv4_enabled &&
      google_sql_database_instance.this[0].settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY" &&
      [for psc in google_sql_database_instance.this[0].settings[0].ip_configuration[0].psc_config : psc.psc_enabled && psc.allowed_consumer_projects == toset(["my-proj-123456"])] == [true]
    )
    error_message = "The database must have no public address, require encryption and accept only this project through Private Service Connect."
  }

  assert {
    condition     = keys(google_compute_forwarding_rule.database) == ["crm", "inventory"]
    error_message = "The networks of food and accounting must each have an endpoint for the database."
  }

  assert {
    condition = alltrue([for network, rule in google_compute_forwarding_rule.database :
      rule.load_balancing_scheme == "" && rule.allow_psc_global_access &&
      rule.target == google_sql_database_instance.this[0].psc_service_attachment_link &&
      google_compute_address.database[network].address == { crm = "10.2.3.2", inventory = "10.1.3.2" }[network]
    ])
    error_message = "Each database endpoint must connect to the instance and be reachable from all regions."
  }
}
