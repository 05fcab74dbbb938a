{{/*
The configuration file. A stanza that is null, or says nothing, is left out.
Call: include "metadata-sync.configuration" $
*/}}
{{- define "metadata-sync.configuration" -}}
{{- $file := dict -}}
{{- with .Values.metadataStorage }}{{ $file = set $file "metadataStorage" . }}{{ end -}}
{{- if include "metadata-sync.hasDatabase" . -}}
{{- $mysql := omit .Values.mysql "password" | merge (dict "passwordFile" "/etc/metadata-sync/mysql/password") -}}
{{- if .Values.caBundle -}}
{{- $mysql = set $mysql "tls" (dict "caFile" "/etc/metadata-sync/mysql/ca.crt") -}}
{{- end -}}
{{- $file = set $file "mysql" $mysql -}}
{{- end -}}
{{- range $name := list "ingester" "retention" -}}
{{- $stanza := dict -}}
{{- range $key, $value := index $.Values $name | default dict -}}
{{- if $value }}{{ $stanza = set $stanza $key $value }}{{ end -}}
{{- end -}}
{{- if $stanza }}{{ $file = set $file $name $stanza }}{{ end -}}
{{- end -}}
{{- with .Values.kinds }}{{ $file = set $file "kinds" . }}{{ end -}}
{{ toYaml $file }}
{{- end }}

{{/*
"true" where the stanza mysql describes a server.
Call: include "metadata-sync.hasDatabase" $
*/}}
{{- define "metadata-sync.hasDatabase" -}}
{{- $mysql := .Values.mysql | default dict -}}
{{- if or $mysql.host $mysql.user $mysql.database }}true{{ end -}}
{{- end }}

{{/*
"true" where both gates are open: storage is enabled, and there is a server.
Call: include "metadata-sync.isEnabled" $
*/}}
{{- define "metadata-sync.isEnabled" -}}
{{- if and (.Values.metadataStorage).enableMetadataStorage (include "metadata-sync.hasDatabase" .) }}true{{ end -}}
{{- end }}

{{/*
"true" where the chart makes the Secret.
Call: include "metadata-sync.makesSecret" $
*/}}
{{- define "metadata-sync.makesSecret" -}}
{{- if and (include "metadata-sync.isEnabled" .) (.Values.mysql).password }}true{{ end -}}
{{- end }}

{{/*
"true" where the Job runs.
Call: include "metadata-sync.migrates" $
*/}}
{{- define "metadata-sync.migrates" -}}
{{- if and (include "metadata-sync.isEnabled" .) .Values.migration.enabled }}true{{ end -}}
{{- end }}

{{/*
The files of /etc/metadata-sync, as the sources of a projected volume. The suffix is that of the objects made for the
migration.
Call: include "metadata-sync.files" (list $ "-migrate")
*/}}
{{- define "metadata-sync.files" -}}
{{- if ne (len .) 2 }}{{ fail "metadata-sync.files takes (list $ suffix)" }}{{ end -}}
{{- $root := index . 0 -}}
{{- $own := printf "%s%s" $root.Release.Name (index . 1) -}}
{{- $isMade := include "metadata-sync.makesSecret" $root | eq "true" -}}
- configMap:
    name: {{ $own | quote }}
{{- if include "metadata-sync.isEnabled" $root }}
- secret:
    name: {{ $isMade | ternary $own $root.Values.credentials.existingSecret | quote }}
    items:
      - key: {{ $isMade | ternary "password" $root.Values.credentials.key | quote }}
        path: mysql/password
{{- with $root.Values.caBundle }}
- configMap:
    name: {{ . | quote }}
    items:
      - key: ca.crt
        path: mysql/ca.crt
{{- end }}
{{- end }}
{{- end }}
