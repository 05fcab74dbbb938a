{{/*
Warnings computed from the values, as a YAML list.
Call: include "ingestor.warnings" $ | fromYamlArray
*/}}
{{- define "ingestor.warnings" -}}
{{- if not .Values.submit.image.digest }}
- "submit.image.digest is empty: the hook runs the image that its tag refers to, {{ include "ingestor.image" . }}."
{{- end }}
{{- $deadline := include "ingestor.deadline" . | int }}
{{- if ge $deadline 300 }}
- "The hook may take {{ $deadline }}s: give helm more, as --timeout {{ add $deadline 30 }}s, or it reports its own
  timeout instead of the hook's reason."
{{- end }}
{{- if .Values.submit.key }}
- "submit.key is set: an upgrade with another data set is rejected until you change the key."
{{- end }}
{{- end }}
