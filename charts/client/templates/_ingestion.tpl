{{/*
The service account that releases of the ingestor chart run as.
Call: include "client.ingestor" $
*/}}
{{- define "client.ingestor" -}}
{{ (.Values.ingestionAuthz).serviceAccountName | default "ingestor" }}
{{- end }}

{{/*
Who may submit data to which tables, as jobs-manager reads it; without a list, nobody.
Call: include "client.ingestionPolicy" $
*/}}
{{- define "client.ingestionPolicy" -}}
{{- $allowed := list -}}
{{- range (.Values.ingestionAuthz).allowed -}}
{{- $allowed = append $allowed (dict
  "service_account" (.service_account | default (include "client.ingestor" $))
  "namespace" (.namespace | default $.Release.Namespace)
  "table_prefixes" (.table_prefixes | default list)) -}}
{{- end -}}
{{- toYaml (dict "allowed" $allowed) -}}
{{- end }}
