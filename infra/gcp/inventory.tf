# Inventory: a VM without a public address. Food reaches it from a subnet in the same network. Other clients use Private Service
# Connect: endpoint in the consumer network -> service attachment -> internal load balancer -> VM.

module "inventory" {
  source = "./modules/vm-service"

  name        = "inventory"
  project_id  = var.project_id
  region      = var.region
  zone        = var.zone
  subnet_cidr = local.cidrs.inventory
  public      = false
  # Requests through Private Service Connect come from addresses of its subnet in this network, not from the caller's address.
  ingress_ranges      = concat([local.cidrs.food_egress, local.cidrs.inventory_psc], local.health_check_ranges)
  vm                  = var.vm
  own_database        = !try(var.database.vms, false)
  artifacts           = { bucket = google_storage_bucket.artifacts.name, dir = var.artifacts_dir }
  settings            = local.security_settings.inventory
  secrets             = { for service, url in local.database_urls : "DATABASE_URL" => url if service == "inventory" }
  caller_secrets      = { for caller, key in local.neighbour_keys : caller => key if local.neighbours[caller] == "inventory" }
  labels              = merge(local.labels, { service = "inventory" })
  deletion_protection = var.deletion_protection

  depends_on = [google_project_service.required]
}

# --- producer side, in inventory-vpc

# A replaced VM leaves its instance group. Its self link does not change, so the provider does not notice in the same apply. Another
# `terraform apply` adds the VM again.
resource "google_compute_instance_group" "inventory" {
  name      = "inventory-group"
  zone      = var.zone
  instances = [module.inventory.instance_self_link]

  named_port {
    name = "http"
    port = 8080
  }
}

resource "google_compute_region_health_check" "inventory" {
  name                = "inventory-health"
  region              = var.region
  check_interval_sec  = 10
  timeout_sec         = 5
  healthy_threshold   = 2
  unhealthy_threshold = 3

  http_health_check {
    port         = 8080
    request_path = "/readyz"
  }
}

resource "google_compute_region_backend_service" "inventory" {
  name                  = "inventory-backend"
  region                = var.region
  load_balancing_scheme = "INTERNAL"
  protocol              = "TCP"
  health_checks         = [google_compute_region_health_check.inventory.id]

  backend {
    group          = google_compute_instance_group.inventory.id
    balancing_mode = "CONNECTION" # the only mode that an internal passthrough load balancer supports
  }
}

resource "google_compute_forwarding_rule" "inventory" {
  name                  = "inventory-lb"
  region                = var.region
  load_balancing_scheme = "INTERNAL"
  network               = module.inventory.network_id
  subnetwork            = module.inventory.subnetwork_id
  backend_service       = google_compute_region_backend_service.inventory.id
  ip_protocol           = "TCP"
  ports                 = ["8080"]
  allow_global_access   = true
  labels                = merge(local.labels, { service = "inventory" })
}

resource "google_compute_subnetwork" "inventory_psc" {
  # checkov:skip=CKV_GCP_74:The subnet contains no machines, so nothing in it needs access to Google's APIs.
  name          = "inventory-psc"
  network       = module.inventory.network_id
  region        = var.region
  ip_cidr_range = local.cidrs.inventory_psc
  purpose       = "PRIVATE_SERVICE_CONNECT"

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

resource "google_compute_service_attachment" "inventory" {
  name                  = "inventory-attachment"
  region                = var.region
  target_service        = google_compute_forwarding_rule.inventory.id
  nat_subnets           = [google_compute_subnetwork.inventory_psc.id]
  connection_preference = "ACCEPT_MANUAL"
  enable_proxy_protocol = false
  # Removing a consumer from the list also closes its existing connection.
  reconcile_connections = true

  consumer_accept_lists {
    network_url      = local.consumer_network
    connection_limit = 1
  }
}

# --- consumer side, in an existing network

locals {
  consumer_network    = "https://www.googleapis.com/compute/v1/projects/${var.project_id}/global/networks/${var.consumer_network.network}"
  consumer_subnetwork = "https://www.googleapis.com/compute/v1/projects/${var.project_id}/regions/${var.region}/subnetworks/${var.consumer_network.subnetwork}"
}

resource "google_compute_address" "inventory_endpoint" {
  name         = "inventory-endpoint"
  region       = var.region
  address_type = "INTERNAL"
  subnetwork   = local.consumer_subnetwork
  labels       = merge(local.labels, { service = "inventory" })

  depends_on = [google_project_service.required]
}

resource "google_compute_forwarding_rule" "inventory_endpoint" {
  name                    = "inventory-endpoint"
  region                  = var.region
  network                 = local.consumer_network
  ip_address              = google_compute_address.inventory_endpoint.id
  target                  = google_compute_service_attachment.inventory.id
  load_balancing_scheme   = "" # a Private Service Connect endpoint
  allow_psc_global_access = true
  labels                  = merge(local.labels, { service = "inventory" })

  # The provider does not replace the endpoint by itself when its address changes.
  lifecycle {
    replace_triggered_by = [google_compute_address.inventory_endpoint.address]
  }
}
