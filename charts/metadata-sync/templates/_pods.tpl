{{/*
The image: registry/repository@digest, or with its tag where there is no digest.
Call: include "metadata-sync.image" $
*/}}
{{- define "metadata-sync.image" -}}
{{- $image := .Values.image -}}
{{ $image.registry | default .Values.global.imageRegistry | default "ghcr.io" }}/{{ $image.repository }}
{{- if $image.digest }}@{{ $image.digest }}{{ else }}:{{ $image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/*
What the pods of all components have: where they run, how they pull, and what they may not do.
Call: include "metadata-sync.podSpec" $
*/}}
{{- define "metadata-sync.podSpec" -}}
enableServiceLinks: false
{{- with .Values.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . | quote }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  runAsNonRoot: true
  seccompProfile:
    type: RuntimeDefault
{{- end }}

{{/*
What their containers have.
Call: include "metadata-sync.container" $
*/}}
{{- define "metadata-sync.container" -}}
{{- $own := dict
  "requests" (dict "cpu" "100m" "memory" "128Mi")
  "limits" (dict "memory" "512Mi") -}}
image: {{ include "metadata-sync.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
terminationMessagePolicy: FallbackToLogsOnError
resources:
  {{- toYaml (mergeOverwrite $own (deepCopy .Values.resources)) | nindent 2 }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
volumeMounts:
  - name: configuration
    mountPath: /etc/metadata-sync
    readOnly: true
{{- end }}

{{/*
Labels and annotations of a pod: the chart's own over the values', because selectors need the former.
Call: include "metadata-sync.podMetadata" (list $ $labels $annotations)
*/}}
{{- define "metadata-sync.podMetadata" -}}
{{- if ne (len .) 3 }}{{ fail "metadata-sync.podMetadata takes (list $ labels annotations)" }}{{ end -}}
{{- $given := deepCopy (index . 0).Values.pods -}}
labels:
  {{- mergeOverwrite ($given.labels | default dict) (index . 1) | toYaml | nindent 2 }}
annotations:
  {{- mergeOverwrite ($given.annotations | default dict) (index . 2) | toYaml | nindent 2 }}
{{- end }}

{{/*
The arguments of the program, as a YAML list.
Call: include "metadata-sync.arguments" $
*/}}
{{- define "metadata-sync.arguments" -}}
- run
- --config=/etc/metadata-sync/config.yaml
- "--listen=[::]:8080"
- --lease-namespace={{ .Release.Namespace }}
- --lease-name={{ .Release.Name }}
{{- if .Values.api.enabled }}
- "--listen-api=[::]:8443"
- --tls-cert=/etc/metadata-sync/tls/tls.crt
- --tls-key=/etc/metadata-sync/tls/tls.key
{{- end }}
{{- end }}
