-- Makes a cluster of three nodes, in the database "boutique" of the coordinator. Can be run again.
SELECT citus_set_coordinator_host('coordinator', 5432);
SELECT citus_add_node('worker-1', 5432);
SELECT citus_add_node('worker-2', 5432);

-- Citus creates the role on all nodes, with its setting: each schema that it creates is on one node, and the next one on the next node.
\getenv password PGPASSWORD
SELECT 'CREATE ROLE boutique LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'boutique') \gexec
ALTER ROLE boutique PASSWORD :'password';
ALTER ROLE boutique SET citus.enable_schema_based_sharding = on;
GRANT CREATE ON DATABASE boutique TO boutique;
