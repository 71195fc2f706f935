# Accounting: a Cloud Run service with a Serverless VPC Access connector into crm-vpc.

resource "google_vpc_access_connector" "accounting" {
  name          = "accounting" # at most 20 characters; a hyphen counts as two
  region        = var.region
  network       = module.crm.network_id
  ip_cidr_range = local.cidrs.accounting
  machine_type  = "e2-micro"
  min_instances = 2
  max_instances = 3
}

module "accounting" {
  source = "./modules/run-service"

  name          = "accounting"
  project_id    = var.project_id
  region        = var.region
  image_digest  = var.accounting_image
  vpc_access    = { connector = google_vpc_access_connector.accounting.id }
  max_instances = var.max_instances
  public_access = var.public_access
  invokers      = var.invokers
  settings = merge(local.security_settings.accounting, {
    CRM_SERVICE_URL = "http://${module.crm.private_ip}:8080"
  })
  secrets = merge(
    { for service, url in local.database_urls : "DATABASE_URL" => url if service == "accounting" },
    { for caller, key in local.neighbour_keys : "CRM_API_KEY" => key if caller == "accounting" },
  )
  build_account       = google_service_account.build.member
  labels              = merge(local.labels, { service = "accounting" })
  deletion_protection = var.deletion_protection

  # The first instance connects to its database immediately.
  depends_on = [google_compute_forwarding_rule.database, google_project_service.required]
}
