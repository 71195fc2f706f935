# Alerts by e-mail, and uptime checks of the services that everyone can reach. Google's checkers run in many locations, so they cannot
# reach other services.

locals {
  vm_checks = var.alert_email != null && contains(var.allowed_ranges, "0.0.0.0/0") ? {
    crm       = module.crm.public_ip
    furniture = module.furniture.public_ip
  } : {}

  run_checks = var.alert_email != null && var.public_access ? merge(
    var.food_image == null ? {} : { food = module.food.url },
    var.accounting_image == null ? {} : { accounting = module.accounting.url },
  ) : {}

  # The groups of alerts.yaml that have something to watch.
  watched = var.alert_email == null ? [] : compact([
    "vms",
    var.food_image == null && var.accounting_image == null ? "" : "cloud-run",
    var.database == null ? "" : "database",
    local.replicas == 0 ? "" : "replicas",
  ])

  alerts = merge([for group in yamldecode(file("${path.module}/alerts.yaml")).groups : {
    for rule in group.rules : rule.alert => merge(rule, { group = group.name }) if contains(local.watched, group.name)
  }]...)
}

resource "google_monitoring_uptime_check_config" "this" {
  for_each = merge(local.vm_checks, local.run_checks)

  display_name = "${each.key} health"
  timeout      = "30s" # Cloud Run may have to start an instance first
  period       = "300s"
  user_labels  = merge(local.labels, { service = each.key })

  http_check {
    path         = "/health"
    port         = contains(keys(local.run_checks), each.key) ? 443 : 8080
    use_ssl      = contains(keys(local.run_checks), each.key)
    validate_ssl = contains(keys(local.run_checks), each.key)
  }

  monitored_resource {
    type = "uptime_url"
    labels = {
      project_id = var.project_id
      host       = trimprefix(each.value, "https://")
    }
  }

  depends_on = [google_project_service.required]
}

resource "google_monitoring_notification_channel" "email" {
  count = var.alert_email == null ? 0 : 1

  display_name = "Multicloud Boutique"
  type         = "email"
  labels       = { email_address = var.alert_email }
  user_labels  = local.labels

  depends_on = [google_project_service.required]
}

resource "google_monitoring_alert_policy" "uptime" {
  for_each = google_monitoring_uptime_check_config.this

  display_name          = "${each.key} is unhealthy"
  combiner              = "OR"
  notification_channels = google_monitoring_notification_channel.email[*].id
  user_labels           = merge(local.labels, { service = each.key })

  conditions {
    display_name = "More than one location reports ${each.key} as unhealthy"

    condition_threshold {
      filter          = "resource.type = \"uptime_url\" AND metric.type = \"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id = \"${each.value.uptime_check_id}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "300s"

      aggregations {
        alignment_period     = "600s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.label.host"]
      }

      trigger {
        count = 1
      }
    }
  }

  # A new host replaces the check, and Google does not delete a check that an alert refers to. Terraform must therefore replace the
  # alert too, and delete it first.
  lifecycle {
    replace_triggered_by = [google_monitoring_uptime_check_config.this[each.key]]
  }
}

resource "google_monitoring_alert_policy" "metrics" {
  for_each = local.alerts

  display_name          = each.value.annotations.summary
  combiner              = "OR"
  severity              = each.value.labels.severity
  notification_channels = google_monitoring_notification_channel.email[*].id
  user_labels           = local.labels

  conditions {
    display_name = each.key

    condition_prometheus_query_language {
      query = trimspace(templatestring(each.value.expr, {
        database_id     = "${var.project_id}:${try(var.database.name, "")}"
        max_connections = local.max_connections
      }))
      duration            = "${parseint(trimsuffix(each.value.for, "m"), 10) * 60}s" # Google accepts seconds only
      evaluation_interval = "60s"
      rule_group          = each.value.group
      alert_rule          = each.key
      # Google knows a metric only after its first point, and the services may not exist yet.
      disable_metric_validation = true
    }
  }

  documentation {
    subject   = "${each.key}: ${each.value.annotations.summary}"
    content   = each.value.annotations.runbook
    mime_type = "text/markdown"
  }

  depends_on = [google_project_service.required]
}
