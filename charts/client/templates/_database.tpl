{{/*
The Secret with the database's accounts.
Call: include "client.databaseSecret" $
*/}}
{{- define "client.databaseSecret" -}}
{{ (.Values.database).existingSecret | default (include "client.name" (list . "db")) }}
{{- end }}

{{/*
The users of the database: one for jobs-manager, which keeps the runs in database metadata, and one for runs, which load
data sets. Neither reads what belongs to the other.
Call: $users := include "client.databaseUsers" $ | fromYaml
*/}}
{{- define "client.databaseUsers" -}}
jobsManager: {name: tracebloc_jobs_manager, grants: "ALL PRIVILEGES ON `metadata`.*"}
runs:
  name: tracebloc_runs
  grants: "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX ON `training_test_datasets`.*"
{{- end }}

{{/*
The SQL that the database executes at each start, so that existing volumes get the accounts too. One statement per line,
without comments, as MySQL 5.7 reads it; a server ends at the first error. An image that makes the data directory starts
servers that execute it as well: MySQL 5.7 with --initialize, which knows no accounts, and any with --skip-networking,
whose scripts may go on to create the databases. Statements wait for the server that serves.
Call: include "client.databaseAccounts" (dict "jobsManager" password "runs" password)
*/}}
{{- define "client.databaseAccounts" -}}
{{- $statements := list "CREATE DATABASE IF NOT EXISTS `metadata`"
  "CREATE DATABASE IF NOT EXISTS `training_test_datasets`" -}}
{{- range $key, $user := include "client.databaseUsers" . | fromYaml -}}
{{- $account := printf "%s@'%%'" (include "client.sqlText" $user.name) -}}
{{- $password := include "client.sqlText" (get $ $key) -}}
{{- $statements = concat $statements (list
  (printf "CREATE USER IF NOT EXISTS %s IDENTIFIED BY %s" $account $password)
  (printf "ALTER USER %s IDENTIFIED BY %s" $account $password)
  (printf "REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s" $account)
  (printf "GRANT %s TO %s" $user.grants $account)) -}}
{{- end -}}
SET @serves = NOT @@skip_networking AND @@event_scheduler <> 'DISABLED';
{{- range $statements }}
SET @statement = IF(@serves, {{ include "client.sqlText" . }}, 'DO 0');
PREPARE account FROM @statement;
EXECUTE account;
{{- end }}
{{- end }}

{{/*
A text as a literal of SQL.
Call: include "client.sqlText" "it's"
*/}}
{{- define "client.sqlText" -}}
'{{ replace "\\" "\\\\" . | replace "'" "''" }}'
{{- end }}
