{{/*
The document that is submitted: the given text as it is, or the keys as JSON, which is YAML. JSON says the type of each
value: 1000000 stays a whole number, "0123" and "no" stay texts.
Call: include "ingestor.document" $
*/}}
{{- define "ingestor.document" -}}
{{- .Values.ingestConfig | default (omit .Values "ingestConfig" "global" "submit" | toPrettyJson) -}}
{{- end }}

{{/*
The document's key in the ConfigMap, another one for another content: a pod whose node still knows the ConfigMap of
before an upgrade waits for this one.
Call: include "ingestor.documentKey" $
*/}}
{{- define "ingestor.documentKey" -}}
ingest-{{ include "ingestor.document" . | sha256sum | trunc 12 }}.yaml
{{- end }}
