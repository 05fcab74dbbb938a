{{/*
The Secret with the database's accounts.
Call: include "client.databaseSecret" $
*/}}
{{- define "client.databaseSecret" -}}
{{ (.Values.database).existingSecret | default (include "client.name" (list . "db")) }}
{{- end }}

{{/*
The users of the database and their privileges by database: jobs-manager keeps the runs in metadata and reads the data
sets, to list and describe them; runs load data sets, and know nothing of metadata.
Call: $users := include "client.databaseUsers" $ | fromYaml
*/}}
{{- define "client.databaseUsers" -}}
jobsManager:
  name: tracebloc_jobs_manager
  grants: {metadata: ALL PRIVILEGES, training_test_datasets: SELECT}
runs:
  name: tracebloc_runs
  grants: {training_test_datasets: "SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX"}
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
  (printf "REVOKE ALL PRIVILEGES, GRANT OPTION FROM %s" $account)) -}}
{{- range $database, $privileges := $user.grants -}}
{{- $statements = append $statements (printf "GRANT %s ON `%s`.* TO %s" $privileges $database $account) -}}
{{- end -}}
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
