{{/*
The service account of releases of the ingestor chart.
Call: include "client.ingestor" $
*/}}
{{- define "client.ingestor" -}}
{{ (.Values.ingestionAuthz).serviceAccountName | default "ingestor" }}
{{- end }}

{{/*
The permissions to submit data, as jobs-manager reads them; an empty list denies everything. 1.x turned submitting off
by env.INGESTION_HTTP_DISABLED.
Call: include "client.ingestionPolicy" $
*/}}
{{- define "client.ingestionPolicy" -}}
{{- $allowed := list -}}
{{- range (.Values.env).INGESTION_HTTP_DISABLED | empty | ternary ((.Values.ingestionAuthz).allowed) list -}}
{{- $allowed = append $allowed (dict
  "service_account" (.service_account | default (include "client.ingestor" $))
  "namespace" (.namespace | default $.Release.Namespace)
  "table_prefixes" (.table_prefixes | default list)) -}}
{{- end -}}
{{- toYaml (dict "allowed" $allowed) -}}
{{- end }}
