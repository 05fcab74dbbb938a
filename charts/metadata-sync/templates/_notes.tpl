{{/*
Warnings computed from the values, as a YAML list.
Call: include "metadata-sync.warnings" $ | fromYamlArray
*/}}
{{- define "metadata-sync.warnings" -}}
{{- if not .Values.image.digest }}
- "image.digest is empty: the pods run the image that its tag refers to, {{ include "metadata-sync.image" . }}."
{{- end }}
{{- if lt (int .Values.replicas) 2 }}
- "replicas is {{ .Values.replicas }}: nothing is mirrored while the pod moves to another node; set 2."
{{- end }}
{{- $deadline := include "metadata-sync.seconds" .Values.migration.timeout | int }}
{{- if and (include "metadata-sync.migrates" .) (ge $deadline 300) }}
- "The migration may take {{ $deadline }}s: give helm more, as --timeout {{ add $deadline 60 }}s, or it reports its own
  timeout instead of the Job's reason."
{{- end }}
{{- if and (include "metadata-sync.isEnabled" .) (not .Values.migration.enabled) }}
- "migration.enabled is false: run metadata-sync migrate before each version, or columns stay empty."
{{- end }}
{{- if include "metadata-sync.makesSecret" . }}
- "mysql.password is in the values of the release: an existing Secret (credentials.existingSecret) keeps it out."
{{- end }}
{{- if and (include "metadata-sync.isEnabled" .) (not .Values.caBundle) }}
- "caBundle is empty: the MySQL server's certificate is not verified."
{{- end }}
{{- end }}
