{{/*
The database's own configuration; a table row of a data set can be large, and the ingestor loads rows by LOAD DATA
LOCAL.
Call: include "client.mysqlConfiguration" $
*/}}
{{- define "client.mysqlConfiguration" -}}
[mysqld]
max_allowed_packet = 256M
max_connections = 200
wait_timeout = 28800
interactive_timeout = 28800
innodb_buffer_pool_size = 128M
innodb_log_buffer_size = 16M
character-set-server = utf8mb4
collation-server = utf8mb4_unicode_ci
log-error = /var/log/mysql/error.log
local_infile = ON
init_file = /etc/mysql/accounts/accounts.sql
{{- end }}
