# Food: a Cloud Run service with Direct VPC egress from a subnet of inventory-vpc in food's region.

# Cloud Run keeps addresses in this subnet for one to two hours after the service is deleted. Until then, the subnet cannot be
# destroyed.
resource "google_compute_subnetwork" "food_egress" {
  name                     = "food-egress"
  network                  = module.inventory.network_id
  region                   = var.food_region
  ip_cidr_range            = local.cidrs.food_egress
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "INCLUDE_ALL_METADATA"
  }
}

module "food" {
  source = "./modules/run-service"

  name         = "food"
  project_id   = var.project_id
  region       = var.food_region
  image_digest = var.food_image
  vpc_access = { subnet = {
    network    = module.inventory.network_id
    subnetwork = google_compute_subnetwork.food_egress.id
  } }
  max_instances = var.max_instances
  public_access = var.public_access
  invokers      = var.invokers
  settings = merge(local.security_settings.food, {
    INVENTORY_SERVICE_URL = "http://${module.inventory.private_ip}:8080"
  })
  secrets = merge(
    { for service, url in local.database_urls : "DATABASE_URL" => url if service == "food" },
    { for caller, key in local.neighbour_keys : "INVENTORY_API_KEY" => key if caller == "food" },
  )
  build_account       = google_service_account.build.member
  labels              = merge(local.labels, { service = "food" })
  deletion_protection = var.deletion_protection

  # The first instance connects to its database immediately.
  depends_on = [google_compute_forwarding_rule.database, google_project_service.required]
}
