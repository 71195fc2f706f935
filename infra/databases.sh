#!/bin/sh
# PostgreSQL's image runs this script once, when its volume is empty. It creates a user for each service, and a database that only this
# user can access.
set -eu
database() {
    psql -v ON_ERROR_STOP=1 --username postgres <<SQL
CREATE ROLE $1 LOGIN PASSWORD '$2';
CREATE DATABASE $1 OWNER $1;
REVOKE ALL ON DATABASE $1 FROM PUBLIC;
SQL
}
database analytics "$ANALYTICS_PASSWORD"
database crm "$CRM_PASSWORD"
database inventory "$INVENTORY_PASSWORD"
database furniture "$FURNITURE_PASSWORD"
database food "$FOOD_PASSWORD"
database accounting "$ACCOUNTING_PASSWORD"
psql -v ON_ERROR_STOP=1 --username postgres <<SQL
REVOKE ALL ON DATABASE postgres FROM PUBLIC;
SQL
