{{/*
Warnings computed from the values, as a YAML list.
Call: include "ingestor.warnings" $ | fromYamlArray
*/}}
{{- define "ingestor.warnings" -}}
{{- if not .Values.submit.image.digest }}
- "submit.image.digest is empty: the hook runs the image that its tag refers to, {{ include "ingestor.image" . }}."
{{- end }}
{{- if .Values.submit.key }}
- "submit.key is set: an upgrade with another data set is rejected until you change the key."
{{- end }}
{{- end }}
