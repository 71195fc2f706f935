# The module modules/vm-service of the three VMs.

mock_provider "google" {
  source          = "./tests/mocks"
  override_during = plan
}

variables {
  name           = "crm"
  project_id     = "my-proj-123456"
  region         = "us-central1"
  zone           = "us-central1-a"
  subnet_cidr    = "10.2.0.0/24"
  public         = true
  ingress_ranges = ["203.0.113.0/24"]
  own_database   = true
  vm             = { machine_type = "e2-micro", image = "debian-cloud/debian-13", boot_disk_gb = 10, data_disk_gb = 10 }
  artifacts      = { bucket = "my-proj-123456-boutique-artifacts", dir = "tests/artifacts" }
  settings       = { BOUTIQUE_SECURITY_MODE = "none" }
  labels         = { application = "multicloud-boutique", service = "crm" }

  deletion_protection = true
}

run "vm_with_a_public_address" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  assert {
    condition     = google_compute_instance.this.network_interface[0].access_config[0].nat_ip == google_compute_address.public[0].address
    error_message = "A public VM must have a static public address."
  }

  assert {
    condition     = google_compute_instance.this.network_interface[0].network_ip == "10.2.0.2"
    error_message = "A VM must have the first available address of its subnet, which the guide's commands use."
  }

  assert {
    condition     = google_compute_instance.this.name == "crm-service" && google_compute_network.this.name == "crm-vpc" && !google_compute_network.this.auto_create_subnetworks
    error_message = "The VM must be named crm-service and its network crm-vpc, without automatic subnets."
  }

  assert {
    condition     = google_compute_instance.this.machine_type == "e2-micro" && google_compute_instance.this.boot_disk[0].initialize_params[0].image == "debian-cloud/debian-13"
    error_message = "The VM must use the configured machine type and image."
  }
}

run "vm_without_a_public_address" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  variables {
    public = false
  }

  assert {
    condition     = length(google_compute_instance.this.network_interface[0].access_config) == 0 && length(google_compute_address.public) == 0 && output.public_ip == null
    error_message = "A private VM must have neither an access_config nor a reserved public address."
  }

  assert {
    condition     = length(google_compute_instance.this.network_interface) == 1
    error_message = "A private VM must have only one network interface."
  }
}

run "vm_subnet_has_nat" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  assert {
    condition = (
      google_compute_router_nat.this.router == google_compute_router.this.name &&
      google_compute_router_nat.this.region == "us-central1" &&
      google_compute_router_nat.this.nat_ip_allocate_option == "AUTO_ONLY" &&
      google_compute_router_nat.this.source_subnetwork_ip_ranges_to_nat == "LIST_OF_SUBNETWORKS" &&
      [for subnet in google_compute_router_nat.this.subnetwork : subnet.name] == [google_compute_subnetwork.this.id] &&
      [for subnet in google_compute_router_nat.this.subnetwork : subnet.source_ip_ranges_to_nat] == [toset(["ALL_IP_RANGES"])]
    )
    error_message = "The VM's subnet must have Cloud NAT; without it, a private VM cannot install packages."
  }

  assert {
    condition     = google_compute_router.this.network == google_compute_network.this.id && google_compute_router.this.region == "us-central1"
    error_message = "The router must be in the VM's network and region."
  }
}

run "ports_are_open_to_the_intended_ranges_only" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  variables {
    ingress_ranges = ["0.0.0.0/0"]
  }

  assert {
    condition     = google_compute_firewall.http.source_ranges == toset(["10.2.0.0/24", "0.0.0.0/0"])
    error_message = "Port 8080 must be open to the subnet and the ingress ranges."
  }

  assert {
    condition     = [for allow in google_compute_firewall.http.allow : "${allow.protocol} ${join(",", allow.ports)}"] == ["tcp 8080"]
    error_message = "The ingress ranges must reach only port 8080."
  }

  assert {
    condition = (
      google_compute_firewall.iap_ssh.source_ranges == toset(["35.235.240.0/20"]) &&
      [for allow in google_compute_firewall.iap_ssh.allow : "${allow.protocol} ${join(",", allow.ports)}"] == ["tcp 22"]
    )
    error_message = "SSH must be allowed only through Identity-Aware Proxy."
  }

  assert {
    condition = alltrue([for rule in [google_compute_firewall.http, google_compute_firewall.iap_ssh] :
      rule.target_service_accounts == toset([google_service_account.this.email]) && length(rule.log_config) == 1 && rule.direction == "INGRESS"
    ])
    error_message = "Each firewall rule must apply only to this VM and must be logged."
  }

  assert {
    condition     = length(google_compute_subnetwork.this.log_config) == 1 && google_compute_subnetwork.this.private_ip_google_access
    error_message = "The subnet must have flow logs and reach Google's APIs without NAT."
  }
}

run "vm_is_hardened" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  assert {
    condition = (
      google_compute_instance.this.shielded_instance_config[0].enable_secure_boot &&
      google_compute_instance.this.shielded_instance_config[0].enable_vtpm &&
      google_compute_instance.this.metadata["enable-oslogin"] == "TRUE" &&
      google_compute_instance.this.metadata["block-project-ssh-keys"] == "TRUE" &&
      google_compute_instance.this.metadata["serial-port-enable"] == "FALSE"
    )
    error_message = "The VM must use secure boot and vTPM, accept only OS Login keys and have no serial console."
  }

  assert {
    condition     = google_compute_instance.this.service_account[0].email == google_service_account.this.email && google_service_account.this.account_id == "crm-vm"
    error_message = "The VM must have its own service account."
  }

  assert {
    condition = (
      google_storage_bucket_iam_member.jar.role == "roles/storage.objectViewer" &&
      google_storage_bucket_iam_member.jar.condition[0].expression == "resource.name.startsWith(\"projects/_/buckets/my-proj-123456-boutique-artifacts/objects/crm/\")"
    )
    error_message = "The VM must be able to read its own jar and no others."
  }

  assert {
    condition     = google_project_iam_member.metrics.role == "roles/monitoring.metricWriter" && google_project_iam_member.metrics.project == "my-proj-123456"
    error_message = "The VM must be able to write metrics but not read them."
  }

  assert {
    condition     = length(google_secret_manager_secret_iam_member.reads) == 0
    error_message = "Without secrets, the VM must not have access to any."
  }
}

run "start_up_script_fetches_the_jar_by_checksum" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  assert {
    condition     = google_storage_bucket_object.jar.name == "crm/${filesha256("tests/artifacts/boutique-crm-0-exec.jar")}.jar" && google_storage_bucket_object.jar.source == "tests/artifacts/boutique-crm-0-exec.jar"
    error_message = "The name of the jar's object must be the jar's checksum."
  }

  assert {
    condition = alltrue([for line in [
      "service='crm'",
      "jar_url='https://storage.googleapis.com/my-proj-123456-boutique-artifacts/crm/${filesha256("tests/artifacts/boutique-crm-0-exec.jar")}.jar'",
      "jar_sha256='${filesha256("tests/artifacts/boutique-crm-0-exec.jar")}'",
      "environment='BOUTIQUE_SECURITY_MODE=none'",
      "secrets=''",
      "caller_secrets=''",
      "own_database='yes'",
    ] : contains(split("\n", google_compute_instance.this.metadata["startup-script"]), line)])
    error_message = "The start-up script must contain its parameters, but starts with: ${join(" | ", slice(split("\n", google_compute_instance.this.metadata["startup-script"]), 0, 8))}"
  }

  assert {
    condition     = startswith(google_compute_instance.this.metadata["startup-script"], "#!/usr/bin/env bash\n") && strcontains(google_compute_instance.this.metadata["startup-script"], file("gcp.sh")) && endswith(google_compute_instance.this.metadata["startup-script"], file("../vm/start.sh"))
    error_message = "The start-up script must consist of the parameters, gcp.sh and start.sh, in this order."
  }

  # With metadata_startup_script, each new jar would replace the VM and thereby remove it from the load balancer's instance group.
  assert {
    condition     = google_compute_instance.this.metadata_startup_script == null
    error_message = "metadata_startup_script must not be set, because a new jar would then replace the VM."
  }
}

run "vm_with_secrets_and_without_a_database" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  variables {
    own_database   = false
    secrets        = { DATABASE_URL = { secret_id = "crm-database-url", version = "3" } }
    caller_secrets = { accounting = { secret_id = "crm-key-of-accounting", version = "1" } }
  }

  assert {
    condition = alltrue([for line in [
      "secrets='DATABASE_URL=projects/${var.project_id}/secrets/crm-database-url/versions/3'",
      "caller_secrets='accounting=projects/${var.project_id}/secrets/crm-key-of-accounting/versions/1'",
      "own_database='no'",
    ] : contains(split("\n", google_compute_instance.this.metadata["startup-script"]), line)])
    error_message = "The start-up script must contain references to secrets, not their values."
  }

  assert {
    condition     = toset([for grant in google_secret_manager_secret_iam_member.reads : "${grant.role} ${grant.secret_id}"]) == toset(["roles/secretmanager.secretAccessor crm-database-url", "roles/secretmanager.secretAccessor crm-key-of-accounting"])
    error_message = "The VM must be able to read its own secrets and no others."
  }

  assert {
    condition     = length(google_compute_disk.data) == 0 && length(google_compute_instance.this.attached_disk) == 0
    error_message = "Without its own database, a VM must have no data disk."
  }
}

run "data_disk_survives_the_vm" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  assert {
    condition = (
      google_compute_instance.this.attached_disk[0].source == google_compute_disk.data[0].id &&
      google_compute_instance.this.attached_disk[0].device_name == "data" &&
      google_compute_disk.data[0].size == 10
    )
    error_message = "The data must be on a separate disk."
  }

  assert {
    condition = (
      google_compute_resource_policy.snapshots[0].snapshot_schedule_policy[0].retention_policy[0].max_retention_days == 7 &&
      google_compute_disk_resource_policy_attachment.snapshots[0].disk == google_compute_disk.data[0].name
    )
    error_message = "The data disk must have snapshots that are kept for seven days."
  }

  assert {
    condition     = google_compute_disk.data[0].deletion_policy == "PREVENT" && google_compute_disk.data[0].create_snapshot_before_destroy && google_compute_instance.this.deletion_protection
    error_message = "The VM and its data must be protected against deletion, and destroying the data disk must create a snapshot first."
  }
}

run "without_deletion_protection_everything_can_be_destroyed" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  variables {
    deletion_protection = false
  }

  assert {
    condition     = google_compute_disk.data[0].deletion_policy == "DELETE" && !google_compute_instance.this.deletion_protection
    error_message = "Without deletion protection, the VM and its data disk must be destroyable."
  }
}

run "everything_is_labelled" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  assert {
    condition = alltrue([for labels in [
      google_compute_address.private.labels,
      google_compute_address.public[0].labels,
      google_compute_disk.data[0].labels,
      google_compute_instance.this.labels,
      google_compute_instance.this.boot_disk[0].initialize_params[0].labels,
      google_compute_resource_policy.snapshots[0].snapshot_schedule_policy[0].snapshot_properties[0].labels,
    ] : labels == tomap({ application = "multicloud-boutique", service = "crm" })])
    error_message = "All resources that support labels must have them."
  }
}

run "missing_jar_is_rejected" {
  command = plan

  module {
    source = "./modules/vm-service"
  }

  variables {
    artifacts = { bucket = "my-proj-123456-boutique-artifacts", dir = "tests/mocks" }
  }

  expect_failures = [google_storage_bucket_object.jar]
}
