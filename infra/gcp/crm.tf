# CRM: a VM with a public address. Accounting reaches it through its connector.

module "crm" {
  source = "./modules/vm-service"

  name                = "crm"
  project_id          = var.project_id
  region              = var.region
  zone                = var.zone
  subnet_cidr         = local.cidrs.crm
  public              = true
  ingress_ranges      = concat(var.allowed_ranges, [local.cidrs.accounting])
  vm                  = var.vm
  own_database        = !try(var.database.vms, false)
  artifacts           = { bucket = google_storage_bucket.artifacts.name, dir = var.artifacts_dir }
  settings            = local.security_settings.crm
  secrets             = { for service, url in local.database_urls : "DATABASE_URL" => url if service == "crm" }
  caller_secrets      = { for caller, key in local.neighbour_keys : caller => key if local.neighbours[caller] == "crm" }
  labels              = merge(local.labels, { service = "crm" })
  deletion_protection = var.deletion_protection

  depends_on = [google_project_service.required]
}
