# Furniture: a VM with a public address, in Europe.

module "furniture" {
  source = "./modules/vm-service"

  name                = "furniture"
  project_id          = var.project_id
  region              = regex("^(.*)-[a-z]$", var.furniture_zone)[0]
  zone                = var.furniture_zone
  subnet_cidr         = local.cidrs.furniture
  public              = true
  ingress_ranges      = var.allowed_ranges
  vm                  = var.vm
  own_database        = !try(var.database.vms, false)
  artifacts           = { bucket = google_storage_bucket.artifacts.name, dir = var.artifacts_dir }
  settings            = local.security_settings.furniture
  secrets             = { for service, url in local.database_urls : "DATABASE_URL" => url if service == "furniture" }
  labels              = merge(local.labels, { service = "furniture" })
  deletion_protection = var.deletion_protection

  depends_on = [google_project_service.required]
}
