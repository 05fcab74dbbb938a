{{/*
The rules that a schema cannot express: every problem at once.
Call: include "metadata-sync.validate" $
*/}}
{{- define "metadata-sync.validate" -}}
{{- $mysql := .Values.mysql | default dict -}}
{{- $problems := list -}}
{{- if include "metadata-sync.isEnabled" . -}}
{{- range $key := list "host" "user" "database" -}}
{{- if not (get $mysql $key) -}}
{{- $problems = append $problems (printf "mysql.%s is empty; set it, or leave all of mysql empty" $key) -}}
{{- end -}}
{{- end -}}
{{- if not (or $mysql.password $.Values.credentials.existingSecret) -}}
{{- $problems = append $problems
  "there is no password for MySQL; set credentials.existingSecret, or mysql.password" -}}
{{- end -}}
{{- end -}}
{{- if and $mysql.password .Values.credentials.existingSecret -}}
{{- $problems = append $problems
  "mysql.password and credentials.existingSecret exclude each other; keep one of them" -}}
{{- end -}}
{{- if and .Values.api.enabled (not .Values.api.tlsSecret) -}}
{{- $problems = append $problems
  "api.tlsSecret is empty, and kubectl sends tokens over https only; name a Secret of type kubernetes.io/tls" -}}
{{- end -}}
{{- if and .Values.api.enabled (not (include "metadata-sync.isEnabled" .)) -}}
{{- $problems = append $problems
  "api.enabled needs the database; set metadataStorage.enableMetadataStorage and mysql, or leave the API out" -}}
{{- end -}}
{{- if eq "latest" .Values.image.tag -}}
{{- $problems = append $problems "image.tag is latest, which does not identify an image; set another" -}}
{{- end -}}
{{- if $problems }}{{ fail (printf "these values cannot be installed:\n  - %s" (join "\n  - " $problems)) }}{{ end -}}
{{- end }}
